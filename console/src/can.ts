import { isOver } from './api/queries';
import type { Application, Deployment, Permission, RealmClient, Release, SessionTeam } from './api/types';

/**
 * What an action needs, decided here alone. An action that is not available is shown disabled with the reason.
 */

export type Verdict = { allowed: true } | { allowed: false; reason: string };

export type Permissions = ReadonlySet<Permission>;

/** What a person may do in a place: what the role in the team says, and the grants that cover the place. */
export function permissionsIn(team: SessionTeam, where: { projectId?: string; environmentId?: string }): Permissions {
  const covering = team.grants.filter(
    ({ scope }) =>
      scope.projectId === where.projectId &&
      (scope.environmentId === undefined || scope.environmentId === where.environmentId),
  );
  return new Set([...team.permissions, ...covering.flatMap(({ permissions }) => permissions)]);
}

const YES: Verdict = { allowed: true };

function no(reason: string): Verdict {
  return { allowed: false, reason };
}

function needs(permissions: Permissions, permission: Permission): Verdict {
  return permissions.has(permission)
    ? YES
    : no(`Your role does not include ${permission}. An owner or admin of the team can grant it.`);
}

/** The first refusal of several conditions, each looked at only when the ones before it hold. */
function first(...conditions: (() => Verdict)[]): Verdict {
  for (const condition of conditions) {
    const verdict = condition();
    if (!verdict.allowed) return verdict;
  }
  return YES;
}

const settled = (state: Application['status']['state']) => () =>
  state === 'deploying'
    ? no('A deployment is under way. Cancel it first or wait for its end.')
    : state === 'deleting'
      ? no('It is being deleted.')
      : YES;

const when = (condition: boolean, reason: string) => () => (condition ? YES : no(reason));

const simple = (permission: Permission) => (permissions: Permissions) => needs(permissions, permission);

export const can = {
  changeTeam: simple('team:write'),
  deleteTeam: simple('team:delete'),
  seeMembers: simple('members:read'),
  changeMembers: simple('members:write'),
  changeTokens: simple('tokens:write'),
  seeAudit: simple('audit:read'),
  seeServers: simple('servers:read'),
  changeServers: simple('servers:write'),
  changeCredentials: simple('applications:write'),
  changeProjects: simple('projects:write'),
  deleteProjects: simple('projects:delete'),
  createApplication: simple('applications:write'),
  changeApplication: simple('applications:write'),
  deleteApplication: simple('applications:delete'),
  seeVariables: simple('variables:read'),
  changeVariables: simple('variables:write'),
  changeDomains: simple('domains:write'),
  seeLogs: simple('logs:read'),
  seeRealms: simple('realms:read'),
  changeRealms: simple('realms:write'),
  deleteRealms: simple('realms:delete'),
  seeUsers: simple('users:read'),
  changeUsers: simple('users:write'),

  rotateSecret: (permissions: Permissions, client: RealmClient) =>
    first(
      () => needs(permissions, 'realms:write'),
      when(client.hasSecret, 'It keeps no secret; nothing is there to replace.'),
    ),

  endSessions: (permissions: Permissions, sessions: number) =>
    first(() => needs(permissions, 'users:write'), when(sessions > 0, 'They are signed in nowhere.')),

  deploy: (permissions: Permissions, { status }: Application) =>
    first(() => needs(permissions, 'deployments:write'), when(status.state !== 'deleting', 'It is being deleted.')),

  restart: (permissions: Permissions, { status }: Application) =>
    first(
      () => needs(permissions, 'deployments:write'),
      when(status.state !== 'none', 'Nothing is deployed yet. Deploy first.'),
      when(status.state !== 'stopped', 'It is stopped. Start it instead.'),
      settled(status.state),
    ),

  stop: (permissions: Permissions, { status }: Application) =>
    first(
      () => needs(permissions, 'deployments:write'),
      when(status.state !== 'none', 'Nothing is deployed yet, so there is nothing to stop.'),
      when(status.state !== 'stopped', 'It is stopped already.'),
      settled(status.state),
    ),

  start: (permissions: Permissions, { status }: Application) =>
    first(
      () => needs(permissions, 'deployments:write'),
      when(status.state !== 'none', 'Nothing is deployed yet. Deploy first.'),
      when(status.state === 'stopped', 'It is not stopped.'),
    ),

  cancel: (permissions: Permissions, deployment: Deployment) =>
    first(
      () => needs(permissions, 'deployments:write'),
      when(!isOver(deployment), `It is over: ${deployment.state}.`),
      when(!deployment.cancelRequested, 'It is being cancelled already.'),
    ),

  rollBack: (permissions: Permissions, release: Release, application: Application) =>
    first(
      () => needs(permissions, 'deployments:write'),
      when(release.number !== undefined, 'Its image was never made.'),
      when(release.id !== application.status.activeReleaseId, 'This release is the active one.'),
      settled(application.status.state),
    ),

  redeploy: (permissions: Permissions, deployment: Deployment) =>
    first(
      () => needs(permissions, 'deployments:write'),
      when(
        deployment.commit !== undefined || deployment.releaseId !== undefined,
        'It ended before it knew what to deploy. Deploy anew instead.',
      ),
    ),
};
