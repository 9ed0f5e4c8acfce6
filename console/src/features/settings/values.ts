import type { Application, HealthCheck, Source, Volume } from '../../api/types';
import { formatArgv, parseArgv } from '../../ui/argv';

const MEBIBYTE = 1024 * 1024;

/** The settings as the form holds them: text where people type text, '' where there is nothing. */
export interface Values {
  name: string;
  serverId: string;
  kind: Source['kind'];
  url: string;
  branch: string;
  credentialId: string;
  dockerfile: string;
  contextDir: string;
  image: string;
  username: string;
  password: string;
  port: number | '';
  replicas: number | '';
  healthPath: string;
  healthCommand: string;
  intervalSeconds: number | '';
  timeoutSeconds: number | '';
  startPeriodSeconds: number | '';
  retries: number | '';
  cpus: number | '';
  memoryMebibytes: number | '';
  volumes: Volume[];
  command: string;
  releaseCommand: string;
  stopGraceSeconds: number | '';
  drainSeconds: number | '';
  strategy: 'rolling' | 'recreate';
  keptReleases: number | '';
}

export function valuesOf(application: Application): Values {
  const { source, healthCheck, resources } = application;
  const git = source.kind === 'git' ? source : undefined;
  const image = source.kind === 'image' ? source : undefined;
  return {
    name: application.name,
    serverId: application.serverId,
    kind: source.kind,
    url: git?.url ?? '',
    branch: git?.branch ?? '',
    credentialId: git?.credentialId ?? '',
    dockerfile: git?.dockerfile ?? 'Dockerfile',
    contextDir: git?.contextDir ?? '.',
    image: image?.image ?? '',
    username: image?.username ?? '',
    password: '',
    port: application.port ?? '',
    replicas: application.replicas,
    healthPath: healthCheck?.path ?? '',
    healthCommand: formatArgv(healthCheck?.command),
    intervalSeconds: healthCheck?.intervalSeconds ?? '',
    timeoutSeconds: healthCheck?.timeoutSeconds ?? '',
    startPeriodSeconds: healthCheck?.startPeriodSeconds ?? '',
    retries: healthCheck?.retries ?? '',
    cpus: resources?.cpus ?? '',
    memoryMebibytes: resources?.memoryBytes === undefined ? '' : resources.memoryBytes / MEBIBYTE,
    volumes: application.volumes ?? [],
    command: formatArgv(application.command),
    releaseCommand: formatArgv(application.releaseCommand),
    stopGraceSeconds: application.stopGraceSeconds ?? '',
    drainSeconds: application.drainSeconds ?? '',
    strategy: application.strategy ?? 'rolling',
    keptReleases: application.keptReleases ?? '',
  };
}

type Patch = Record<string, unknown>;

const orNull = (value: number | '') => (value === '' ? null : value);

/** The merge patch (RFC 7396) that makes the application what the form says: only what differs, null for removed. */
export function patchOf(before: Values, after: Values): Patch {
  const patch: Patch = {};
  const set = (name: string, keys: (keyof Values)[], value: () => unknown) => {
    if (keys.some((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))) patch[name] = value();
  };
  set('name', ['name'], () => after.name.trim());
  set('serverId', ['serverId'], () => after.serverId);
  set(
    'source',
    ['kind', 'url', 'branch', 'credentialId', 'dockerfile', 'contextDir', 'image', 'username', 'password'],
    () => sourcePatch(before, after),
  );
  set('port', ['port'], () => orNull(after.port));
  set('replicas', ['replicas'], () => orNull(after.replicas));
  set(
    'healthCheck',
    ['healthPath', 'healthCommand', 'intervalSeconds', 'timeoutSeconds', 'startPeriodSeconds', 'retries'],
    () => healthPatch(after),
  );
  set('resources', ['cpus', 'memoryMebibytes'], () => ({
    cpus: orNull(after.cpus),
    memoryBytes: after.memoryMebibytes === '' ? null : Math.round(after.memoryMebibytes * MEBIBYTE),
  }));
  set('volumes', ['volumes'], () => after.volumes);
  set('command', ['command'], () => argvOrNull(after.command));
  set('releaseCommand', ['releaseCommand'], () => argvOrNull(after.releaseCommand));
  set('stopGraceSeconds', ['stopGraceSeconds'], () => orNull(after.stopGraceSeconds));
  set('drainSeconds', ['drainSeconds'], () => orNull(after.drainSeconds));
  set('strategy', ['strategy'], () => after.strategy);
  set('keptReleases', ['keptReleases'], () => orNull(after.keptReleases));
  return patch;
}

function argvOrNull(text: string): string[] | null {
  const { argv } = parseArgv(text);
  return argv.length > 0 ? argv : null;
}

function sourcePatch(before: Values, after: Values): Patch {
  const git: Patch = {
    url: after.url.trim(),
    branch: after.branch.trim() || null,
    credentialId: after.credentialId || null,
    dockerfile: after.dockerfile.trim() || null,
    contextDir: after.contextDir.trim() || null,
  };
  const image: Patch = { image: after.image.trim(), username: after.username.trim() || null };
  if (after.password !== '') image.password = after.password;
  else if (after.username.trim() === '') image.password = null;
  const wanted = after.kind === 'git' ? git : image;
  if (before.kind === after.kind) return { kind: after.kind, ...wanted };
  // Members of the other kind have to go, since a merge patch keeps what it does not name.
  const gone = Object.fromEntries(Object.keys(after.kind === 'git' ? image : git).map((name) => [name, null]));
  return { ...gone, kind: after.kind, ...wanted };
}

function healthPatch(after: Values): { [K in keyof HealthCheck]?: HealthCheck[K] | null } {
  return {
    path: after.healthPath.trim() || null,
    command: argvOrNull(after.healthCommand),
    intervalSeconds: orNull(after.intervalSeconds),
    timeoutSeconds: orNull(after.timeoutSeconds),
    startPeriodSeconds: orNull(after.startPeriodSeconds),
    retries: orNull(after.retries),
  };
}
