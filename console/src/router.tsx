import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { projectQuery, environmentsQuery, sessionQuery, setupQuery } from './api/queries';
import { auditSearch } from './features/audit/search';
import { eventSearch, userSearch } from './features/realms/search';
import { Shell } from './features/shell/Shell';
import { paths } from './routes';
import { NotFound, RouteProblem } from './ui/RouteProblem';
import { rememberedTeam } from './ui/team';

interface Context {
  queryClient: QueryClient;
}

const root = createRootRouteWithContext<Context>()({ component: Outlet, notFoundComponent: NotFound });

/* Before the sign-in. */

const setup = createRoute({
  getParentRoute: () => root,
  path: paths.setup,
  beforeLoad: async ({ context }) => {
    const { required } = await context.queryClient.query(setupQuery);
    if (!required) throw redirect({ to: paths.signIn });
  },
  validateSearch: (search: Record<string, unknown>): { token?: string } => ({ token: text(search.token) }),
  component: lazyRouteComponent(() => import('./features/session/SetupPage'), 'SetupPage'),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: paths.signIn,
  validateSearch: (search: Record<string, unknown>): { next?: string } => ({ next: text(search.next) }),
  beforeLoad: async ({ context, search }) => {
    if (await context.queryClient.query({ ...sessionQuery, staleTime: 'static' }))
      throw redirect({ to: ownPath(search.next) });
    const { required } = await context.queryClient.query(setupQuery);
    if (required) throw redirect({ to: paths.setup });
  },
  component: lazyRouteComponent(() => import('./features/session/SignInPage'), 'SignInPage'),
});

const acceptInvitation = createRoute({
  getParentRoute: () => root,
  path: paths.acceptInvitation,
  beforeLoad: ({ context }) => context.queryClient.query({ ...sessionQuery, staleTime: 'static' }),
  component: lazyRouteComponent(() => import('./features/session/AcceptInvitationPage'), 'AcceptInvitationPage'),
});

/* Behind it. */

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.query({ ...sessionQuery, staleTime: 'static' });
    if (session) return { session };
    const next = location.href === '/' ? undefined : location.href;
    throw redirect({ to: paths.signIn, search: { next } });
  },
  component: Shell,
});

const home = createRoute({
  getParentRoute: () => signedIn,
  path: paths.home,
  beforeLoad: ({ context }) => {
    const team = rememberedTeam(context.session);
    if (team === undefined) throw redirect({ to: paths.account });
    throw redirect({ to: paths.projects, params: { team } });
  },
});

const projects = createRoute({
  getParentRoute: () => signedIn,
  path: paths.projects,
  component: lazyRouteComponent(() => import('./features/projects/ProjectsPage'), 'ProjectsPage'),
});

const project = createRoute({
  getParentRoute: () => signedIn,
  path: paths.project,
  beforeLoad: async ({ context, params }) => {
    const [environments] = await Promise.all([
      context.queryClient.query(environmentsQuery(params.project)),
      context.queryClient.query({ ...projectQuery(params.project), staleTime: 'static' }),
    ]);
    const environment = environments.find(({ name }) => name === 'production') ?? environments[0];
    if (environment) throw redirect({ to: paths.environment, params: { environment: environment.id }, replace: true });
  },
  component: lazyRouteComponent(() => import('./features/projects/BareProjectPage'), 'BareProjectPage'),
});

const environment = createRoute({
  getParentRoute: () => signedIn,
  path: paths.environment,
  component: lazyRouteComponent(() => import('./features/projects/EnvironmentPage'), 'EnvironmentPage'),
});

const newApplication = createRoute({
  getParentRoute: () => signedIn,
  path: paths.newApplication,
  component: lazyRouteComponent(() => import('./features/applications/NewApplicationPage'), 'NewApplicationPage'),
});

const applicationLayout = createRoute({
  getParentRoute: () => signedIn,
  id: 'application',
  component: lazyRouteComponent(() => import('./features/applications/ApplicationLayout'), 'ApplicationLayout'),
});

const application = createRoute({
  getParentRoute: () => applicationLayout,
  path: paths.application,
  component: lazyRouteComponent(() => import('./features/applications/OverviewTab'), 'OverviewTab'),
});

const applicationDeployments = createRoute({
  getParentRoute: () => applicationLayout,
  path: paths.applicationDeployments,
  component: lazyRouteComponent(() => import('./features/deployments/DeploymentsTab'), 'DeploymentsTab'),
});

const deployment = createRoute({
  getParentRoute: () => applicationLayout,
  path: paths.deployment,
  component: lazyRouteComponent(() => import('./features/deployments/DeploymentView'), 'DeploymentPage'),
});

const applicationLogs = createRoute({
  getParentRoute: () => applicationLayout,
  path: paths.applicationLogs,
  component: lazyRouteComponent(() => import('./features/logs/LogsTab'), 'LogsTab'),
});

const applicationVariables = createRoute({
  getParentRoute: () => applicationLayout,
  path: paths.applicationVariables,
  component: lazyRouteComponent(() => import('./features/variables/VariablesTab'), 'VariablesTab'),
});

const applicationDomains = createRoute({
  getParentRoute: () => applicationLayout,
  path: paths.applicationDomains,
  component: lazyRouteComponent(() => import('./features/domains/DomainsTab'), 'DomainsTab'),
});

const applicationReleases = createRoute({
  getParentRoute: () => applicationLayout,
  path: paths.applicationReleases,
  component: lazyRouteComponent(() => import('./features/releases/ReleasesTab'), 'ReleasesTab'),
});

const applicationSettings = createRoute({
  getParentRoute: () => applicationLayout,
  path: paths.applicationSettings,
  component: lazyRouteComponent(() => import('./features/settings/SettingsTab'), 'SettingsTab'),
});

const members = createRoute({
  getParentRoute: () => signedIn,
  path: paths.members,
  component: lazyRouteComponent(() => import('./features/team/MembersPage'), 'MembersPage'),
});

const tokens = createRoute({
  getParentRoute: () => signedIn,
  path: paths.tokens,
  component: lazyRouteComponent(() => import('./features/team/TokensPage'), 'TokensPage'),
});

const teamSettings = createRoute({
  getParentRoute: () => signedIn,
  path: paths.teamSettings,
  component: lazyRouteComponent(() => import('./features/team/TeamSettingsPage'), 'TeamSettingsPage'),
});

const servers = createRoute({
  getParentRoute: () => signedIn,
  path: paths.servers,
  component: lazyRouteComponent(() => import('./features/servers/ServersPage'), 'ServersPage'),
});

const credentials = createRoute({
  getParentRoute: () => signedIn,
  path: paths.credentials,
  component: lazyRouteComponent(() => import('./features/credentials/CredentialsPage'), 'CredentialsPage'),
});

const realms = createRoute({
  getParentRoute: () => signedIn,
  path: paths.realms,
  component: lazyRouteComponent(() => import('./features/realms/RealmsPage'), 'RealmsPage'),
});

const realmLayout = createRoute({
  getParentRoute: () => signedIn,
  id: 'realm',
  component: lazyRouteComponent(() => import('./features/realms/RealmLayout'), 'RealmLayout'),
});

const realm = createRoute({
  getParentRoute: () => realmLayout,
  path: paths.realm,
  component: lazyRouteComponent(() => import('./features/realms/OverviewTab'), 'OverviewTab'),
});

const realmClients = createRoute({
  getParentRoute: () => realmLayout,
  path: paths.realmClients,
  component: lazyRouteComponent(() => import('./features/realms/ClientsTab'), 'ClientsTab'),
});

const realmClient = createRoute({
  getParentRoute: () => realmLayout,
  path: paths.realmClient,
  component: lazyRouteComponent(() => import('./features/realms/ClientView'), 'ClientView'),
});

const realmUsers = createRoute({
  getParentRoute: () => realmLayout,
  path: paths.realmUsers,
  validateSearch: userSearch,
  component: lazyRouteComponent(() => import('./features/realms/UsersTab'), 'UsersTab'),
});

const realmUser = createRoute({
  getParentRoute: () => realmLayout,
  path: paths.realmUser,
  component: lazyRouteComponent(() => import('./features/realms/UserView'), 'UserView'),
});

const realmEvents = createRoute({
  getParentRoute: () => realmLayout,
  path: paths.realmEvents,
  validateSearch: eventSearch,
  component: lazyRouteComponent(() => import('./features/realms/EventsTab'), 'EventsTab'),
});

const realmKeys = createRoute({
  getParentRoute: () => realmLayout,
  path: paths.realmKeys,
  component: lazyRouteComponent(() => import('./features/realms/KeysTab'), 'KeysTab'),
});

const realmSettings = createRoute({
  getParentRoute: () => realmLayout,
  path: paths.realmSettings,
  component: lazyRouteComponent(() => import('./features/realms/SettingsTab'), 'SettingsTab'),
});

const audit = createRoute({
  getParentRoute: () => signedIn,
  path: paths.audit,
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import('./features/audit/AuditPage'), 'AuditPage'),
});

const account = createRoute({
  getParentRoute: () => signedIn,
  path: paths.account,
  component: lazyRouteComponent(() => import('./features/account/AccountPage'), 'AccountPage'),
});

const routeTree = root.addChildren([
  setup,
  signIn,
  acceptInvitation,
  signedIn.addChildren([
    home,
    projects,
    project,
    environment,
    newApplication,
    applicationLayout.addChildren([
      application,
      applicationDeployments,
      deployment,
      applicationLogs,
      applicationVariables,
      applicationDomains,
      applicationReleases,
      applicationSettings,
    ]),
    members,
    tokens,
    teamSettings,
    servers,
    credentials,
    realms,
    realmLayout.addChildren([
      realm,
      realmClients,
      realmClient,
      realmUsers,
      realmUser,
      realmEvents,
      realmKeys,
      realmSettings,
    ]),
    audit,
    account,
  ]),
]);

export function createConsoleRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: RouteProblem,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Only paths of the console itself are gone to after the sign-in: `//elsewhere` is none. */
function ownPath(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])/.test(next) ? next : paths.home;
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
