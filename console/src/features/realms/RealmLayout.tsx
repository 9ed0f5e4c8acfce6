import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { useParam } from '../../api/hooks';
import { realmQuery } from '../../api/queries';
import type { Realm } from '../../api/types';
import { paths } from '../../routes';
import { LinkAnchor } from '../../ui/links';
import { Page } from '../../ui/Page';
import { Lines, QueryView } from '../../ui/QueryView';
import { LinkTab, TabBar } from '../../ui/TabBar';

const TABS = [
  ['Overview', paths.realm],
  ['Clients', paths.realmClients],
  ['Users', paths.realmUsers],
  ['Events', paths.realmEvents],
  ['Keys', paths.realmKeys],
  ['Settings', paths.realmSettings],
] as const;

/** What all pages of one realm have around them. */
export function RealmLayout() {
  const query = useQuery(realmQuery(useParam('realm')));
  return (
    <QueryView query={query} skeleton={<Lines count={6} />}>
      {(realm) => <Frame key={realm.id} realm={realm} />}
    </QueryView>
  );
}

function Frame({ realm }: { realm: Realm }) {
  const team = useParam('team');
  return (
    <Page
      title={realm.displayName}
      crumbs={[
        <LinkAnchor key="realms" to={paths.realms} params={{ team }}>
          Realms
        </LinkAnchor>,
      ]}
    >
      <TabBar label="Realm">
        {TABS.map(([label, to]) => (
          <LinkTab
            key={to}
            to={to}
            params={{ team, realm: realm.id }}
            search={{}}
            activeOptions={{ exact: to === paths.realm, includeSearch: false }}
          >
            {label}
          </LinkTab>
        ))}
      </TabBar>
      <Outlet />
    </Page>
  );
}
