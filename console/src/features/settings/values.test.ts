import { expect, test } from 'vitest';
import type { Application } from '../../api/types';
import { patchOf, valuesOf } from './values';

const application: Application = {
  id: 'a',
  environmentId: 'e',
  projectId: 'p',
  teamId: 't',
  version: 3,
  name: 'shop',
  serverId: 's',
  source: {
    kind: 'git',
    url: 'https://example.com/shop.git',
    branch: 'main',
    dockerfile: 'Dockerfile',
    contextDir: '.',
  },
  port: 3000,
  replicas: 2,
  resources: { cpus: 0.5, memoryBytes: 256 * 1024 * 1024 },
  volumes: [],
  command: ['node', 'a b.js'],
  stopGraceSeconds: 10,
  drainSeconds: 30,
  strategy: 'rolling',
  keptReleases: 5,
  status: { state: 'running', replicasRunning: 2, pendingChanges: false },
  createdAt: '2026-01-01T00:00:00Z',
  changedAt: '2026-01-01T00:00:00Z',
};

test('settings that were not touched make an empty patch', () => {
  const values = valuesOf(application);

  expect(patchOf(values, { ...values })).toEqual({});
});

test('a settings patch holds what differs, and null for what is gone', () => {
  const before = valuesOf(application);

  expect(
    patchOf(before, {
      ...before,
      port: '',
      replicas: 3,
      cpus: '',
      memoryMebibytes: 512,
      command: '',
      releaseCommand: 'npm run "migrate now"',
      healthPath: '/health',
      branch: '',
    }),
  ).toEqual({
    port: null,
    replicas: 3,
    resources: { cpus: null, memoryBytes: 512 * 1024 * 1024 },
    command: null,
    releaseCommand: ['npm', 'run', 'migrate now'],
    healthCheck: {
      path: '/health',
      command: null,
      intervalSeconds: null,
      timeoutSeconds: null,
      startPeriodSeconds: null,
      retries: null,
    },
    source: {
      kind: 'git',
      url: 'https://example.com/shop.git',
      branch: null,
      credentialId: null,
      dockerfile: 'Dockerfile',
      contextDir: '.',
    },
  });
});

test('a source of another kind removes the members of the old one', () => {
  const before = valuesOf(application);

  expect(patchOf(before, { ...before, kind: 'image', image: 'nginx:1.27' }).source).toMatchObject({
    kind: 'image',
    image: 'nginx:1.27',
    url: null,
    branch: null,
    dockerfile: null,
  });
});
