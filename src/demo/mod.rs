//! An authorization server and an API of our own, reached only over HTTP like any other.
