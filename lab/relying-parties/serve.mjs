import { createServer } from 'node:http';
import { once } from 'node:events';

/** Runs a server on a port of its own while `use` runs; `handle` answers the requests of those who sign in. */
export async function serve(port, handle, use) {
  const failures = [];
  const server = createServer((request, response) => {
    Promise.resolve(handle(request, response)).catch((error) => {
      failures.push(error);
      response.writeHead(500).end(String(error));
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await use();
  } catch (error) {
    throw failures.length === 0 ? error : new AggregateError([error, ...failures], failures.map(String).join('; '));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

export async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
