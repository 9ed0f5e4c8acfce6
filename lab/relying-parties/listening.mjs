import { setTimeout as pause } from 'node:timers/promises';

const DEADLINE_MS = 120_000;

/** Waits until a server that was started as a process answers. */
export async function listening(address, process) {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    try {
      await fetch(address, { redirect: 'manual' });
      return;
    } catch (error) {
      if (Date.now() > deadline || process.exitCode !== null) {
        throw new Error(`nobody answers at ${address}`, { cause: error });
      }
    }
    await pause(50);
  }
}
