import { describe, expect, test } from 'vitest';
import type { Application, Deployment, Permission, RealmClient, Release, SessionTeam } from './api/types';
import { can, permissionsIn } from './can';

const all = new Set<Permission>(['deployments:write', 'variables:write']);
const none = new Set<Permission>();

function application(state: Application['status']['state'], activeReleaseId?: string): Application {
  return {
    id: 'a',
    environmentId: 'e',
    projectId: 'p',
    teamId: 't',
    version: 1,
    name: 'shop',
    serverId: 's',
    source: { kind: 'image', image: 'nginx' },
    replicas: 1,
    status: { state, replicasRunning: 0, activeReleaseId, pendingChanges: false },
    createdAt: '2026-01-01T00:00:00Z',
    changedAt: '2026-01-01T00:00:00Z',
  };
}

const release: Release = {
  id: 'r1',
  applicationId: 'a',
  number: 1,
  settings: {
    source: { kind: 'image', image: 'nginx' },
    replicas: 1,
    command: [],
    releaseCommand: [],
    volumes: [],
    strategy: 'rolling',
  },
  variables: [],
  active: false,
  createdAt: '2026-01-01T00:00:00Z',
};

const deployment = (state: Deployment['state'], cancelRequested = false): Deployment => ({
  id: 'd',
  applicationId: 'a',
  number: 1,
  kind: 'deploy',
  state,
  steps: [],
  createdBy: 'ada',
  createdAt: '2026-01-01T00:00:00Z',
  cancelRequested,
});

const web: RealmClient = {
  id: 'c',
  clientId: 'shop',
  name: 'Shop',
  kind: 'web',
  redirectUris: ['https://shop.example.com/callback'],
  afterLogoutUris: [],
  grants: ['authorization_code'],
  scopes: ['email'],
  consent: false,
  pkce: true,
  pushed: false,
  proofs: ['client_secret_basic'],
  tokenFormat: 'jwt',
  bound: false,
  connections: [],
  hasSecret: true,
  version: 1,
  createdAt: '2026-01-01T00:00:00Z',
};

describe('what can be done', () => {
  test('a missing permission is named in the reason', () => {
    const verdict = can.changeVariables(none);

    expect(verdict).toMatchObject({ allowed: false });
    expect(verdict.allowed ? '' : verdict.reason).toContain('variables:write');
  });

  test.each([
    ['none', false, false, false],
    ['running', true, true, false],
    ['degraded', true, true, false],
    ['stopped', false, false, true],
    ['deploying', false, false, false],
    ['deleting', false, false, false],
  ] as const)('restart, stop and start when it is %s', (state, restart, stop, start) => {
    expect(can.restart(all, application(state)).allowed).toBe(restart);
    expect(can.stop(all, application(state)).allowed).toBe(stop);
    expect(can.start(all, application(state)).allowed).toBe(start);
  });

  test('a deployment can be cancelled once, while it is under way', () => {
    expect(can.cancel(all, deployment('building')).allowed).toBe(true);
    expect(can.cancel(all, deployment('building', true)).allowed).toBe(false);
    expect(can.cancel(all, deployment('succeeded')).allowed).toBe(false);
  });

  test.each([
    [can.seeRealms, 'realms:read'],
    [can.changeRealms, 'realms:write'],
    [can.deleteRealms, 'realms:delete'],
    [can.seeUsers, 'users:read'],
    [can.changeUsers, 'users:write'],
  ] as const)('realms and the people in them each need a permission of their own', (action, permission) => {
    expect(action(new Set([permission])).allowed).toBe(true);

    const others: Permission[] = ['realms:read', 'realms:write', 'realms:delete', 'users:read', 'users:write'];
    const verdict = action(new Set(others.filter((other) => other !== permission)));
    expect(verdict.allowed ? '' : verdict.reason).toContain(permission);
  });

  test('a secret is replaced where there is one, sessions are ended where there are some', () => {
    const operator = new Set<Permission>(['realms:write', 'users:write']);

    expect(can.rotateSecret(operator, web).allowed).toBe(true);
    expect(can.rotateSecret(none, web).allowed).toBe(false);
    expect(can.rotateSecret(operator, { ...web, kind: 'native', hasSecret: false }).allowed).toBe(false);
    expect(can.endSessions(operator, 2).allowed).toBe(true);
    expect(can.endSessions(none, 2).allowed).toBe(false);
    expect(can.endSessions(operator, 0).allowed).toBe(false);
  });

  test('going back to the active release, or to one without an image, is refused', () => {
    expect(can.rollBack(all, release, application('running', 'r2')).allowed).toBe(true);
    expect(can.rollBack(all, release, application('running', 'r1')).allowed).toBe(false);
    expect(can.rollBack(all, { ...release, number: undefined }, application('running')).allowed).toBe(false);
  });
});

test('a grant adds its permissions in its project or environment alone', () => {
  const team: SessionTeam = {
    id: 't',
    name: 'Team',
    role: 'none',
    permissions: [],
    grants: [
      { scope: { projectId: 'p' }, role: 'viewer', permissions: ['projects:read'] },
      { scope: { projectId: 'p', environmentId: 'e' }, role: 'developer', permissions: ['deployments:write'] },
    ],
  };

  expect([...permissionsIn(team, {})]).toEqual([]);
  expect([...permissionsIn(team, { projectId: 'other', environmentId: 'e' })]).toEqual([]);
  expect([...permissionsIn(team, { projectId: 'p' })]).toEqual(['projects:read']);
  expect([...permissionsIn(team, { projectId: 'p', environmentId: 'e' })]).toEqual([
    'projects:read',
    'deployments:write',
  ]);
});
