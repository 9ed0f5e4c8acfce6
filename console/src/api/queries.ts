import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { endpoints } from '../routes';
import { client, type Query } from './client';
import { Problem } from './problem';
import type {
  Application,
  AuditEvent,
  AuthEvent,
  DeletionPreview,
  Deployment,
  Domain,
  Environment,
  GitCredential,
  Invitation,
  Member,
  OwnSession,
  Page,
  PermissionInfo,
  Project,
  Realm,
  RealmClient,
  RealmSession,
  RealmUser,
  Release,
  Server,
  Session,
  SigningKey,
  Team,
  Token,
  Variable,
} from './types';

/**
 * What the console reads, each with its place in the cache. The first word of a key is the kind of thing, the second
 * the id of what it is or belongs to, so that a live event can name what to read again.
 */

const PAGE = 100;
/** More pages than this are not collected; lists that grow without bound are paged in the interface instead. */
const MAX_PAGES = 20;

async function all<T>(path: string, signal: AbortSignal, query: Query = {}): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await client.get<Page<T>>(path, { ...query, limit: PAGE, cursor }, signal);
    items.push(...answer.items);
    cursor = answer.nextCursor;
    if (!cursor) break;
  }
  return items;
}

function pages<T>(key: readonly unknown[], path: string, limit: number, query: Query = {}) {
  return infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => client.get<Page<T>>(path, { ...query, limit, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor,
  });
}

export function isOver(deployment: Pick<Deployment, 'state'>): boolean {
  switch (deployment.state) {
    case 'succeeded':
    case 'failed':
    case 'cancelled':
    case 'superseded':
      return true;
    case 'queued':
    case 'fetching':
    case 'building':
    case 'pushing':
    case 'releasing':
    case 'starting':
    case 'checking':
    case 'switching':
    case 'draining':
      return false;
  }
}

function isBusy(status: Application['status']): boolean {
  return status.state === 'deploying' || status.state === 'deleting';
}

// Live events tell of changes; while something is under way it is also read now and then, since a stream can break.
const WHILE_BUSY = 4_000;

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => client.get<{ required: boolean }>(endpoints.setup, {}, signal),
});

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      const session = await client.get<Session>(endpoints.session, {}, signal);
      client.useCsrfToken(session.csrfToken);
      return session;
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

export const permissionsQuery = queryOptions({
  queryKey: ['permissions'],
  queryFn: async ({ signal }) => {
    const { items } = await client.get<Page<PermissionInfo>>(endpoints.permissions, {}, signal);
    return items;
  },
  staleTime: Infinity,
});

export const ownSessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => all<OwnSession>(endpoints.sessions, signal),
});

export const teamQuery = (team: string) =>
  queryOptions({
    queryKey: ['team', team],
    queryFn: ({ signal }) => client.get<Team>(endpoints.team(team), {}, signal),
  });

export const membersQuery = (team: string) =>
  queryOptions({
    queryKey: ['members', team],
    queryFn: ({ signal }) => all<Member>(endpoints.members(team), signal),
  });

export const invitationsQuery = (team: string) =>
  queryOptions({
    queryKey: ['invitations', team],
    queryFn: ({ signal }) => all<Invitation>(endpoints.invitations(team), signal),
  });

export const tokensQuery = (team: string) =>
  queryOptions({
    queryKey: ['tokens', team],
    queryFn: ({ signal }) => all<Token>(endpoints.tokens(team), signal),
  });

export const auditQuery = (team: string, filters: Query) => ({
  ...pages<AuditEvent>(['audit', team, filters], endpoints.auditEvents(team), 50, filters),
  placeholderData: keepPreviousData,
});

export const projectsQuery = (team: string) =>
  queryOptions({
    queryKey: ['projects', team],
    queryFn: ({ signal }) => all<Project>(endpoints.projects(team), signal),
  });

export const projectQuery = (project: string) =>
  queryOptions({
    queryKey: ['project', project],
    queryFn: ({ signal }) => client.get<Project>(endpoints.project(project), {}, signal),
  });

export const environmentsQuery = (project: string) =>
  queryOptions({
    queryKey: ['environments', project],
    queryFn: ({ signal }) => all<Environment>(endpoints.environments(project), signal),
  });

export const environmentQuery = (environment: string) =>
  queryOptions({
    queryKey: ['environment', environment],
    queryFn: ({ signal }) => client.get<Environment>(endpoints.environment(environment), {}, signal),
  });

export const applicationsQuery = (environment: string) =>
  queryOptions({
    queryKey: ['applications', environment],
    queryFn: ({ signal }) => all<Application>(endpoints.applications(environment), signal),
    refetchInterval: (query) => (query.state.data?.some(({ status }) => isBusy(status)) ? WHILE_BUSY : false),
  });

export const applicationQuery = (application: string) =>
  queryOptions({
    queryKey: ['application', application],
    queryFn: ({ signal }) => client.get<Application>(endpoints.application(application), {}, signal),
    refetchInterval: (query) => (query.state.data && isBusy(query.state.data.status) ? WHILE_BUSY : false),
  });

export const deletionPreviewQuery = (application: string) =>
  queryOptions({
    queryKey: ['deletion-preview', application],
    queryFn: ({ signal }) => client.get<DeletionPreview>(endpoints.deletionPreview(application), {}, signal),
    staleTime: 0,
  });

export const variablesQuery = (application: string) =>
  queryOptions({
    queryKey: ['variables', application],
    queryFn: ({ signal }) => all<Variable>(endpoints.variables(application), signal),
  });

export const domainsQuery = (application: string) =>
  queryOptions({
    queryKey: ['domains', application],
    queryFn: ({ signal }) => all<Domain>(endpoints.domains(application), signal),
    refetchInterval: (query) =>
      query.state.data?.some((domain) => domain.status.state === 'pending') ? WHILE_BUSY : false,
  });

export const deploymentsQuery = (application: string) => ({
  ...pages<Deployment>(['deployments', application], endpoints.deployments(application), 25),
  refetchInterval: (query: { state: { data?: { pages: Page<Deployment>[] } } }) =>
    query.state.data?.pages[0]?.items.some((deployment) => !isOver(deployment)) ? WHILE_BUSY : (false as const),
});

export const deploymentQuery = (deployment: string) =>
  queryOptions({
    queryKey: ['deployment', deployment],
    queryFn: ({ signal }) => client.get<Deployment>(endpoints.deployment(deployment), {}, signal),
    refetchInterval: (query) => (query.state.data && !isOver(query.state.data) ? WHILE_BUSY : false),
  });

export const releasesQuery = (application: string) =>
  queryOptions({
    queryKey: ['releases', application],
    queryFn: ({ signal }) => all<Release>(endpoints.releases(application), signal),
  });

export const serversQuery = (team: string) =>
  queryOptions({
    queryKey: ['servers', team],
    queryFn: ({ signal }) => all<Server>(endpoints.servers(team), signal),
  });

export const credentialsQuery = (team: string) =>
  queryOptions({
    queryKey: ['credentials', team],
    queryFn: ({ signal }) => all<GitCredential>(endpoints.credentials(team), signal),
  });

export const realmsQuery = (team: string) =>
  queryOptions({
    queryKey: ['realms', team],
    queryFn: ({ signal }) => all<Realm>(endpoints.realms(team), signal),
  });

export const realmQuery = (realm: string) =>
  queryOptions({
    queryKey: ['realm', realm],
    queryFn: ({ signal }) => client.get<Realm>(endpoints.realm(realm), {}, signal),
  });

export const realmClientsQuery = (realm: string) =>
  queryOptions({
    queryKey: ['realm-clients', realm],
    queryFn: ({ signal }) => all<RealmClient>(endpoints.realmClients(realm), signal),
  });

export const realmClientQuery = (realm: string, id: string) =>
  queryOptions({
    queryKey: ['realm-client', realm, id],
    queryFn: ({ signal }) => client.get<RealmClient>(endpoints.realmClient(realm, id), {}, signal),
  });

/** A realm may have a million people: they are paged, or searched by the beginning of an address or a name. */
export const realmUsersQuery = (realm: string, search: string | undefined) => ({
  ...pages<RealmUser>(['realm-users', realm, search], endpoints.realmUsers(realm), 50, { search }),
  placeholderData: keepPreviousData,
});

export const realmUserQuery = (realm: string, user: string) =>
  queryOptions({
    queryKey: ['realm-user', realm, user],
    queryFn: ({ signal }) => client.get<RealmUser>(endpoints.realmUser(realm, user), {}, signal),
  });

export const realmSessionsQuery = (realm: string, user: string) =>
  queryOptions({
    queryKey: ['realm-sessions', realm, user],
    queryFn: async ({ signal }) => {
      const { items } = await client.get<Page<RealmSession>>(endpoints.realmUserSessions(realm, user), {}, signal);
      return items;
    },
  });

export const realmEventsQuery = (realm: string, filters: Query) => ({
  ...pages<AuthEvent>(['realm-events', realm, filters], endpoints.realmEvents(realm), 50, filters),
  placeholderData: keepPreviousData,
});

export const signingKeysQuery = (realm: string) =>
  queryOptions({
    queryKey: ['signing-keys', realm],
    queryFn: async ({ signal }) => {
      const { items } = await client.get<Page<SigningKey>>(endpoints.signingKeys(realm), {}, signal);
      return items;
    },
  });
