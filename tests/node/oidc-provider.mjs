// A certified OpenID provider (npm oidc-provider) with the device grant, and a small API behind its
// access tokens. Loopback only, everything in memory. Prints one JSON line when it is ready:
// {"issuer":…,"api":…,"client_id":…}. Ends on SIGTERM and when standard input is closed.
//
// Environment: ACCESS_LIFETIME and CODE_LIFETIME in seconds.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import http from 'node:http';
import Provider from 'oidc-provider';

const seconds = (name, fallback) => Number(process.env[name] ?? fallback);
const CLIENT_ID = 'vestibule-tv';
const people = {
  grace: { sub: 'grace', name: 'Grace Hopper', email: 'grace@people.test', email_verified: true },
};
const items = ['Compilers', 'Cobol', 'Nanoseconds', 'The Bug'].map((name, index) => ({
  id: `talk-${index + 1}`, name, episode: `Part ${index + 1}`, summary: `What ${name} taught us.`,
}));

const server = http.createServer();
server.listen(0, '127.0.0.1', () => {
  const origin = `http://127.0.0.1:${server.address().port}`;
  const provider = newProvider(origin);
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (request.url.startsWith('/api/')) {
      callApi(provider, request, response).catch(() => response.writeHead(500).end());
    } else {
      answer(request, response);
    }
  });
  console.log(JSON.stringify({ issuer: origin, api: `${origin}/api/`, client_id: CLIENT_ID }));
});

process.on('SIGTERM', () => process.exit(0));
process.stdin.on('end', () => process.exit(0)).resume();

function newProvider(issuer) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'made-at-start' };
  const accessLife = seconds('ACCESS_LIFETIME', 3600);
  return new Provider(issuer, {
    clients: [{
      client_id: CLIENT_ID,
      client_name: 'Living room',
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
      response_types: [],
      redirect_uris: [],
    }],
    jwks: { keys: [key] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    scopes: ['openid', 'offline_access'],
    claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
    findAccount: (_, id) => people[id] && { accountId: id, claims: () => people[id] },
    features: {
      devInteractions: { enabled: true },
      deviceFlow: { enabled: true },
      revocation: { enabled: true },
      rpInitiatedLogout: { enabled: false },
    },
    rotateRefreshToken: true,
    ttl: {
      AccessToken: accessLife,
      DeviceCode: seconds('CODE_LIFETIME', 600),
      Grant: 86400,
      IdToken: accessLife,
      Interaction: 600,
      RefreshToken: 86400,
      Session: 86400,
    },
  });
}

// The owner's API: one row of items, for whoever brings an access token that the provider knows.
async function callApi(provider, request, response) {
  const [, token] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  const known = token && await provider.AccessToken.find(token);
  const json = (status, body, headers = {}) => response
    .writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  if (!known || known.isExpired) {
    json(401, { error: 'invalid_token' }, { 'www-authenticate': 'Bearer error="invalid_token"' });
  } else if (request.url === '/api/talks') {
    json(200, { items });
  } else {
    json(404, { error: 'not_found' });
  }
}
