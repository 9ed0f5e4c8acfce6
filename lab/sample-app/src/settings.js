import { hostname } from 'node:os';

/** What the environment says. Throws when a number is not one: a wrong setting must not start a half-right app. */
export function readSettings(environment) {
  return {
    port: wholeNumber(environment, 'PORT', 3000, 65535),
    startDelayMs: wholeNumber(environment, 'START_DELAY_MS', 0, 3_600_000),
    exitAtOnce: environment.EXIT_AT_ONCE === '1',
    unhealthy: environment.UNHEALTHY === '1',
    crashAllowed: environment.ALLOW_CRASH === '1',
    release: environment.HAVEN_RELEASE ?? 'local',
    commit: environment.HAVEN_COMMIT ?? 'working copy',
    greeting: environment.GREETING ?? 'It is live.',
    instance: environment.HAVEN_INSTANCE ?? hostname(),
    environmentNames: Object.keys(environment).sort(),
    publicEnvironment: Object.fromEntries(
      Object.entries(environment).filter(([name]) => name.startsWith('PUBLIC_')),
    ),
  };
}

function wholeNumber(environment, name, absent, largest) {
  const text = environment[name];
  if (text === undefined || text === '') {
    return absent;
  }
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > largest) {
    throw new Error(`${name} must be a whole number from 0 to ${largest}, not "${text}"`);
  }
  return value;
}
