// A certified client (npm openid-client) against the demo server: what it makes of each answer. The phone is played
// with fetch. Ends with 0 when all is as it should be.
//
//   node openid-client.mjs ISSUER
import assert from 'node:assert/strict';
import * as client from 'openid-client';

const issuer = new URL(process.argv[2]);
const MAIN = 'vestibule-demo';
const SCOPE = 'openid profile email offline_access read:library';

/** The server's metadata, as a client of that name and way of authentication sees it. */
function discover(name, metadata = {}, authentication = client.None()) {
  return client.discovery(issuer, name, metadata, authentication, { execute: [client.allowInsecureRequests] });
}

/** A person with a phone: opens the page of a code and presses a button. */
async function answer(codes, decision) {
  const page = await fetch(codes.verification_uri_complete);
  const html = await page.text();
  const field = (name) => html.match(`name="${name}" value="([^"]*)"`)[1];
  const form = { form_token: field('form_token'), user_code: field('user_code'), person: 'ada', decision };
  const cookie = page.headers.get('set-cookie').split(';')[0];
  const done = await fetch(codes.verification_uri, { method: 'POST', headers: { cookie }, body: new URLSearchParams(form) });
  assert.equal(done.status, 200);
}

/** Tokens of a whole device grant. */
async function signIn(config, options) {
  const codes = await client.initiateDeviceAuthorization(config, { scope: SCOPE });
  await answer(codes, 'allow');
  return client.pollDeviceAuthorizationGrant(config, codes, undefined, options);
}

/** The error code of a refusal, and its status. */
async function refusal(promise) {
  const error = await promise.then(() => assert.fail('it was accepted'), (error) => error);
  return `${error.error ?? error.cause?.error ?? error} ${error.status ?? ''}`.trim();
}

const api = (config, tokens, options) =>
  client.fetchProtectedResource(config, tokens.access_token, new URL('/api/library/new', issuer), 'GET', null, null, options);

const algorithms = { [MAIN]: 'RS256', 'vestibule-demo-es256': 'ES256' };
const config = await discover(MAIN);
assert.deepEqual(config.serverMetadata().id_token_signing_alg_values_supported, Object.values(algorithms));

for (const [name, id_token_signed_response_alg] of Object.entries(algorithms)) {
  const signed = await discover(name, { id_token_signed_response_alg });
  const tokens = await signIn(signed);
  assert.equal(tokens.claims().sub, 'demo|ada');
}

// Refresh with rotation, a narrower scope, userinfo, the API, and the end by a token that is used again.
const first = await signIn(config);
assert.equal(first.scope, SCOPE);
assert.equal((await client.fetchUserInfo(config, first.access_token, first.claims().sub)).name, 'Ada Lindholm');
assert.equal((await api(config, first)).status, 200);
const second = await client.refreshTokenGrant(config, first.refresh_token, { scope: 'openid' });
assert.notEqual(second.refresh_token, first.refresh_token);
assert.equal(second.scope, 'openid');
assert.equal(second.claims().sub, 'demo|ada');
assert.equal(await refusal(client.refreshTokenGrant(config, first.refresh_token)), 'invalid_grant 400');
assert.equal(await refusal(client.refreshTokenGrant(config, second.refresh_token)), 'invalid_grant 400');

// Revocation ends the session.
const third = await signIn(config);
await client.tokenRevocation(config, third.refresh_token);
assert.equal(await refusal(client.refreshTokenGrant(config, third.refresh_token)), 'invalid_grant 400');
await assert.rejects(client.fetchUserInfo(config, third.access_token, 'demo|ada'));

// A no.
const codes = await client.initiateDeviceAuthorization(config, { scope: SCOPE });
await answer(codes, 'decline');
assert.equal(await refusal(client.pollDeviceAuthorizationGrant(config, codes)), 'access_denied 400');

// Secrets that nobody was given, and one that is empty.
for (const authentication of [client.ClientSecretPost('wrong'), client.ClientSecretBasic('wrong')]) {
  const wrong = await discover(MAIN, undefined, authentication);
  const asked = client.initiateDeviceAuthorization(wrong, { scope: SCOPE });
  // The certified client names the challenge that came with the 401.
  assert.match(await refusal(asked), /401/);
}

// Scopes that nobody knows.
const unknown = client.initiateDeviceAuthorization(config, { scope: 'nonsense' });
assert.equal(await refusal(unknown), 'invalid_scope 400');

// Proofs of possession: metadata offers none, and tokens are bearer tokens all the same.
const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair());
const bearer = await signIn(config, { DPoP });
assert.equal(bearer.token_type, 'bearer');
assert.equal((await api(config, bearer)).status, 200);
