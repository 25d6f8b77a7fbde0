//! What a viewer sees of the owner's API when it misbehaves, and when the network is cut.

mod misbehaving;
mod network;
mod pages;
