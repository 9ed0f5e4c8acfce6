import { useSuspenseQuery } from '@tanstack/react-query';
import { useParam, usePermissions } from '../../api/hooks';
import { realmQuery } from '../../api/queries';
import type { Realm } from '../../api/types';
import type { Permissions } from '../../can';

/** The realm that the page is about, what the person may do there, and what its addresses are made of. */
export function useRealm(): { realm: Realm; permissions: Permissions; params: { team: string; realm: string } } {
  const { data: realm } = useSuspenseQuery(realmQuery(useParam('realm')));
  const permissions = usePermissions(realm.teamId);
  return { realm, permissions, params: { team: useParam('team'), realm: realm.id } };
}
