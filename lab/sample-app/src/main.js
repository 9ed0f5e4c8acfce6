// Starts the application as its environment says and stops it as the platform asks.
import { readSettings } from './settings.js';
import { createApp } from './app.js';

const settings = readSettings(process.env);

if (settings.exitAtOnce) {
  console.error('EXIT_AT_ONCE is set: giving up before listening');
  process.exit(1);
}
if (settings.startDelayMs > 0) {
  console.log(`waiting ${settings.startDelayMs} ms before listening (START_DELAY_MS)`);
}

const app = createApp(settings);
let starting = setTimeout(async () => {
  starting = undefined;
  const address = await app.listen(settings.port);
  console.log(`listening on port ${address.port}, release ${settings.release}, instance ${settings.instance}`);
}, settings.startDelayMs);

async function stop(signal) {
  console.log(`${signal}: no new connections, finishing ${app.inFlight()} requests and ${app.sockets()} WebSockets`);
  clearTimeout(starting);
  await app.close();
  console.log('stopped');
  process.exit(0);
}

// A second signal changes nothing: what is in flight still finishes.
let stopping;
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    stopping ??= stop(signal);
  });
}
