import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { createApp } from '../src/app.js';
import { readSettings } from '../src/settings.js';

const settings = (environment = {}) => readSettings({ HAVEN_RELEASE: '7', HAVEN_COMMIT: 'abc', ...environment });

async function started(t, environment) {
  const app = createApp(settings(environment));
  const { port } = await app.listen(0);
  t.after(() => app.close());
  return { app, port, url: `http://127.0.0.1:${port}` };
}

/** A raw client: the handshake by hand, frames as they are on the wire. */
async function upgraded(port, headers = {}) {
  const socket = connect(port, '127.0.0.1');
  const lines = Object.entries({
    Host: 'app',
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version': '13',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`GET /ws HTTP/1.1\r\n${lines.join('')}\r\n`);
  let received = Buffer.alloc(0);
  const wake = [];
  socket.on('data', (data) => {
    received = Buffer.concat([received, data]);
    wake.splice(0).forEach((resume) => resume());
  });
  socket.on('close', () => wake.splice(0).forEach((resume) => resume()));
  socket.on('error', () => {});
  const more = () => new Promise((resume) => wake.push(resume));
  while (!received.includes('\r\n\r\n')) {
    await more();
  }
  const end = received.indexOf('\r\n\r\n') + 4;
  const head = received.subarray(0, end).toString();
  received = received.subarray(end);
  return {
    head,
    socket,
    send(opcode, payload, { final = true, masked = true } = {}) {
      const mask = Buffer.from([1, 2, 3, 4]);
      const body = Buffer.from(payload).map((byte, i) => (masked ? byte ^ mask[i & 3] : byte));
      const length =
        body.length < 126 ? [body.length] : body.length < 65536 ? [126, body.length >> 8, body.length & 255] : [];
      length[0] |= masked ? 0x80 : 0;
      socket.write(Buffer.concat([Buffer.from([(final ? 0x80 : 0) | opcode, ...length]), masked ? mask : Buffer.alloc(0), body]));
    },
    async frame() {
      const size = () => {
        if (received.length < 2) return Infinity;
        const short = received[1];
        if (short < 126) return 2 + short;
        return received.length < 4 ? Infinity : 4 + received.readUInt16BE(2);
      };
      while (received.length < size()) {
        if (socket.closed) return undefined;
        await more();
      }
      const whole = received.subarray(0, size());
      received = received.subarray(whole.length);
      return { opcode: whole[0] & 15, payload: whole.subarray(whole[1] < 126 ? 2 : 4) };
    },
    async frameWith(opcode) {
      for (;;) {
        const frame = await this.frame();
        if (frame === undefined || frame.opcode === opcode) return frame;
      }
    },
    async text(matching) {
      for (;;) {
        const text = (await this.frameWith(1)).payload.toString();
        if (text.includes(matching)) return text;
      }
    },
  };
}

test('health tells whether it is meant to be unhealthy', async (t) => {
  const well = await started(t);
  const ill = await started(t, { UNHEALTHY: '1' });

  assert.equal((await fetch(`${well.url}/health`)).status, 200);
  assert.equal((await fetch(`${ill.url}/health`)).status, 503);
});

test('the page and its parts are served', async (t) => {
  const { url } = await started(t);

  for (const path of ['/', '/app.css', '/app.js', '/favicon.svg']) {
    assert.equal((await fetch(url + path)).status, 200, path);
  }
  assert.equal((await fetch(`${url}/toString`)).status, 404);
});

test('echo names variables but shows only public ones', async (t) => {
  const { url } = await started(t, { PUBLIC_MOTTO: 'steady', SESSION_KEY: 'canary' });

  const text = await (await fetch(`${url}/echo?a=1`)).text();

  const body = JSON.parse(text);
  assert.deepEqual(body.publicEnvironment, { PUBLIC_MOTTO: 'steady' });
  assert.ok(body.environmentNames.includes('SESSION_KEY'));
  assert.ok(!text.includes('canary'));
  assert.equal(body.query.a, '1');
});

test('an upload is counted and hashed as it streams', async (t) => {
  const { url } = await started(t);
  const content = Buffer.alloc(3_000_000, 'harbour');

  const answer = await (await fetch(`${url}/upload`, { method: 'PUT', body: content })).json();

  assert.deepEqual(answer, { bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') });
});

test('bytes answers exactly as many as asked for', async (t) => {
  const { url } = await started(t);

  const body = await (await fetch(`${url}/bytes?size=200001`)).arrayBuffer();

  assert.equal(body.byteLength, 200001);
});

test('events continue after the last one seen', async (t) => {
  const { url } = await started(t);

  const response = await fetch(`${url}/events`, { headers: { 'Last-Event-ID': '41' } });
  const { value } = await response.body.getReader().read();

  assert.match(new TextDecoder().decode(value), /^id: 42\nevent: time\ndata: /);
});

test('crashing is off by default', async (t) => {
  const { url } = await started(t);

  assert.equal((await fetch(`${url}/crash`)).status, 404);
});

test('the handshake answers the key of RFC 6455 section 1.3', async (t) => {
  const { port } = await started(t);

  const client = await upgraded(port);

  assert.match(client.head, /^HTTP\/1\.1 101 /);
  assert.match(client.head, /Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=\r\n/);
  assert.equal(JSON.parse(await client.text('hello')).release, '7');
  client.socket.destroy();
});

test('a wrong version is answered with the right one', async (t) => {
  const { port } = await started(t);

  const client = await upgraded(port, { 'Sec-WebSocket-Version': '8' });

  assert.match(client.head, /^HTTP\/1\.1 426 [^]*Sec-WebSocket-Version: 13/);
});

test('a click reaches every visitor', async (t) => {
  const { port } = await started(t);
  const [one, two] = [await upgraded(port), await upgraded(port)];

  one.send(1, '{"type":"click"}');

  assert.equal(JSON.parse(await two.text('"clicks":1')).clicks, 1);
  one.socket.destroy();
  two.socket.destroy();
});

test('fragments with a ping between them are one message', async (t) => {
  const { port } = await started(t);
  const client = await upgraded(port);
  const long = 'x'.repeat(10_000);

  client.send(1, long, { final: false });
  client.send(9, 'still there?');
  client.send(0, '!end', { final: true });

  assert.equal((await client.frameWith(10)).payload.toString(), 'still there?');
  assert.equal(await client.text('!end'), `${long}!end`);
  client.socket.destroy();
});

for (const [name, misbehave, code] of [
  ['an unmasked frame', (client) => client.send(1, 'hi', { masked: false }), 1002],
  ['a continuation of nothing', (client) => client.send(0, 'hi'), 1002],
  ['an unknown opcode', (client) => client.send(3, 'hi'), 1002],
  ['text that is not UTF-8', (client) => client.send(1, Buffer.from([0xc3, 0x28])), 1007],
  ['a fragmented ping', (client) => client.send(9, 'hi', { final: false }), 1002],
  ['a close code that may not be sent', (client) => client.send(8, Buffer.from([0x03, 0xed])), 1002],
]) {
  test(`${name} closes the connection with ${code}`, async (t) => {
    const { port } = await started(t);
    const client = await upgraded(port);

    misbehave(client);

    assert.equal((await client.frameWith(8)).payload.readUInt16BE(), code);
    await once(client.socket, 'close');
  });
}

test('a close is answered with the same code', async (t) => {
  const { port } = await started(t);
  const client = await upgraded(port);

  client.send(8, Buffer.from([0x03, 0xe8]));

  assert.equal((await client.frameWith(8)).payload.readUInt16BE(), 1000);
  await once(client.socket, 'close');
});

test('SIGTERM finishes what is in flight, says 1001 to WebSockets and exits with 0', async () => {
  const child = spawn(process.execPath, ['src/main.js'], {
    cwd: new URL('..', import.meta.url),
    env: { PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  const port = Number(/port (\d+)/.exec(line)[1]);
  const client = await upgraded(port);
  await client.text('hello');
  const answer = fetch(`http://127.0.0.1:${port}/slow?ms=500`);
  // The slow request counts as in flight only once the server has it: a second answer on its own connection tells.
  await (await fetch(`http://127.0.0.1:${port}/health`)).text();

  child.kill('SIGTERM');

  assert.equal((await client.frameWith(8)).payload.readUInt16BE(), 1001);
  client.send(8, Buffer.from([0x03, 0xe9]));
  assert.equal((await (await answer).json()).sleptMs, 500);
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});

test('EXIT_AT_ONCE ends it before it listens', async () => {
  const child = spawn(process.execPath, ['src/main.js'], {
    cwd: new URL('..', import.meta.url),
    env: { PORT: '0', EXIT_AT_ONCE: '1' },
    stdio: 'ignore',
  });

  assert.deepEqual(await once(child, 'exit'), [1, null]);
});

test('a setting that is not a number is refused', () => {
  assert.throws(() => readSettings({ PORT: 'http' }), /PORT must be a whole number/);
});
