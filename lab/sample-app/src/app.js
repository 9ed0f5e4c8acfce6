// The application: its pages and endpoints, and how it ends.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { CloseCode, accept } from './websocket.js';

const PING_EVERY_MS = 20_000;
const LONGEST_SLOW_MS = 600_000;
const MOST_BYTES = 2 ** 31;
const MOST_LINES = 1_000_000;

const asset = (name, type) => ({ body: readFileSync(new URL(`../public/${name}`, import.meta.url)), type });
const ASSETS = {
  '/': asset('index.html', 'text/html; charset=utf-8'),
  '/app.css': asset('app.css', 'text/css; charset=utf-8'),
  '/app.js': asset('app.js', 'text/javascript; charset=utf-8'),
  '/favicon.svg': asset('favicon.svg', 'image/svg+xml'),
};

export function createApp(settings) {
  const startedAt = Date.now();
  const sockets = new Set();
  const streams = new Set();
  let clicks = 0;
  let inFlight = 0;
  let closing = false;

  const about = () => ({
    release: settings.release,
    commit: settings.commit,
    instance: settings.instance,
    greeting: settings.greeting,
    startedAt: new Date(startedAt).toISOString(),
  });
  const counter = () => ({ type: 'counter', clicks, visitors: sockets.size, instance: settings.instance });

  const routes = {
    '/about': (request, response, url) => json(response, 200, { ...about(), host: request.headers.host ?? null }),
    '/health': (request, response) =>
      settings.unhealthy
        ? json(response, 503, { status: 'unhealthy' })
        : json(response, 200, { status: closing ? 'stopping' : 'ok' }),
    '/slow': slow,
    '/echo': echo,
    '/events': events,
    '/upload': upload,
    '/bytes': bytes,
    '/log': log,
    '/crash': (request, response) => {
      if (!settings.crashAllowed) {
        return json(response, 404, { error: 'set ALLOW_CRASH=1 to be allowed to crash' });
      }
      console.error('crashing as asked');
      process.exit(1);
    },
  };

  function slow(request, response, url) {
    const ms = numberOf(url, 'ms', 2000, LONGEST_SLOW_MS);
    const timer = setTimeout(() => json(response, 200, { sleptMs: ms, instance: settings.instance }), ms);
    response.on('close', () => clearTimeout(timer));
  }

  function echo(request, response, url) {
    json(response, 200, {
      method: request.method,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      httpVersion: request.httpVersion,
      remoteAddress: request.socket.remoteAddress,
      headers: request.headers,
      environmentNames: settings.environmentNames,
      publicEnvironment: settings.publicEnvironment,
      ...about(),
    });
  }

  /** Server-sent events: a `time` each second, numbered on from Last-Event-ID. */
  function events(request, response) {
    let id = Number.parseInt(request.headers['last-event-id'] ?? '0', 10) || 0;
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const send = () => {
      id += 1;
      response.write(`id: ${id}\nevent: time\ndata: ${JSON.stringify({ at: new Date().toISOString(), id })}\n\n`);
    };
    send();
    const timer = setInterval(send, 1000);
    streams.add(response);
    response.on('close', () => {
      clearInterval(timer);
      streams.delete(response);
    });
  }

  function upload(request, response) {
    const hash = createHash('sha256');
    let size = 0;
    request.on('data', (chunk) => {
      size += chunk.length;
      hash.update(chunk);
    });
    request.on('end', () => json(response, 200, { bytes: size, sha256: hash.digest('hex') }));
  }

  /** As many bytes as asked for, as compressible as text. */
  function bytes(request, response, url) {
    let left = numberOf(url, 'size', 1024, MOST_BYTES);
    const chunk = Buffer.from('All is well in the haven. '.repeat(2521)).subarray(0, 65536);
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'content-length': left });
    const pump = () => {
      while (left > 0) {
        const next = chunk.subarray(0, Math.min(left, chunk.length));
        left -= next.length;
        if (!response.write(next) && left > 0) {
          response.once('drain', pump);
          return;
        }
      }
      response.end();
    };
    pump();
  }

  /** Writes log lines, `perSecond` of them: "log ID NUMBER EPOCH-MILLISECONDS". */
  function log(request, response, url) {
    const count = numberOf(url, 'count', 1, MOST_LINES);
    const perSecond = Math.max(1, numberOf(url, 'perSecond', 5000, MOST_LINES));
    const id = (url.searchParams.get('id') ?? '').replace(/[^\w-]/g, '').slice(0, 40) || 'lines';
    const began = Date.now();
    let written = 0;
    const timer = setInterval(() => {
      const due = Math.min(count, Math.ceil(((Date.now() - began + 5) * perSecond) / 1000));
      let text = '';
      while (written < due) {
        written += 1;
        text += `log ${id} ${written} ${Date.now()}\n`;
      }
      process.stdout.write(text);
      if (written === count) {
        clearInterval(timer);
        json(response, 200, { written, tookMs: Date.now() - began });
      }
    }, 5);
  }

  function json(response, status, body) {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
    response.end(JSON.stringify(body));
  }

  const server = createServer((request, response) => {
    const began = process.hrtime.bigint();
    inFlight += 1;
    if (closing) {
      response.setHeader('connection', 'close');
    }
    response.setHeader('x-instance', settings.instance);
    response.setHeader('x-release', settings.release);
    const url = new URL(request.url, 'http://app');
    response.on('close', () => {
      inFlight -= 1;
      const ms = Number(process.hrtime.bigint() - began) / 1e6;
      console.log(`${request.method} ${url.pathname} ${response.statusCode} ${ms.toFixed(1)} ms`);
    });
    const route = Object.hasOwn(routes, url.pathname) ? routes[url.pathname] : undefined;
    const file = Object.hasOwn(ASSETS, url.pathname) ? ASSETS[url.pathname] : undefined;
    if (route) {
      route(request, response, url);
    } else if (file) {
      response.writeHead(200, { 'content-type': file.type, 'content-length': file.body.length });
      response.end(request.method === 'HEAD' ? undefined : file.body);
    } else {
      json(response, 404, { error: `there is nothing at ${url.pathname}` });
    }
  });
  // Longer than the edge keeps its side open, so that it is never this side that closes under a new request.
  server.keepAliveTimeout = 75_000;
  server.requestTimeout = 0; // an upload takes as long as it takes

  server.on('upgrade', (request, socket, head) => {
    if (closing || new URL(request.url, 'http://app').pathname !== '/ws') {
      socket.end(`HTTP/1.1 ${closing ? '503 Service Unavailable' : '404 Not Found'}\r\nConnection: close\r\n\r\n`);
      return;
    }
    const connection = accept(request, socket, head);
    if (!connection) {
      return;
    }
    sockets.add(connection);
    connection.on('message', (message) => receive(connection, message));
    connection.on('close', () => {
      sockets.delete(connection);
      broadcast(counter());
    });
    connection.send(JSON.stringify({ type: 'hello', ...about() }));
    broadcast(counter());
  });

  /** `click` counts for everyone; anything else comes back as it is. */
  function receive(connection, message) {
    if (typeof message === 'string' && message === '{"type":"click"}') {
      clicks += 1;
      broadcast(counter());
    } else {
      connection.send(message);
    }
  }

  function broadcast(message) {
    const text = JSON.stringify(message);
    for (const connection of sockets) {
      connection.send(text);
    }
  }

  const pinging = setInterval(() => {
    for (const connection of sockets) {
      connection.ping();
    }
  }, PING_EVERY_MS);
  pinging.unref();

  return {
    inFlight: () => inFlight,
    sockets: () => sockets.size,

    listen(port) {
      return new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, () => resolve(server.address()));
      });
    },

    /** Accepts nothing new, lets requests in flight finish, tells WebSockets that it goes away. */
    async close() {
      closing = true;
      clearInterval(pinging);
      const socketsClosed = [...sockets].map((connection) => new Promise((done) => connection.once('close', done)));
      for (const connection of sockets) {
        connection.close(CloseCode.GOING_AWAY, 'the application stops');
      }
      for (const response of streams) {
        response.end();
      }
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
      });
      await Promise.all(socketsClosed);
    },
  };
}

function numberOf(url, name, absent, largest) {
  const value = Number.parseInt(url.searchParams.get(name) ?? '', 10);
  return Number.isInteger(value) && value >= 0 ? Math.min(value, largest) : absent;
}
