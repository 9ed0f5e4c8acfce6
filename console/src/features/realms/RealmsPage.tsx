import { Group, Modal, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParam, usePermissions } from '../../api/hooks';
import { realmsQuery } from '../../api/queries';
import { can } from '../../can';
import { paths } from '../../routes';
import { Copy } from '../../ui/Copy';
import { DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { GuardedButton } from '../../ui/Guarded';
import { LinkAnchor } from '../../ui/links';
import { Page, Section } from '../../ui/Page';
import { QueryView } from '../../ui/QueryView';
import { Time } from '../../ui/Time';
import { NewRealm } from './NewRealm';
import { SIGN_UP } from './words';

export function RealmsPage() {
  const team = useParam('team');
  const permissions = usePermissions(team);
  const visible = can.seeRealms(permissions);
  const realms = useQuery({ ...realmsQuery(team), enabled: visible.allowed });
  const [creating, setCreating] = useState(false);
  const create = (
    <GuardedButton
      verdict={can.changeRealms(permissions)}
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => setCreating(true)}
    >
      New realm
    </GuardedButton>
  );
  return (
    <Page
      title="Realms"
      description="Who signs in to your applications. Each realm is a world of its own: its users, clients, keys and pages."
      actions={create}
    >
      <Section flush>
        {!visible.allowed ? (
          <EmptyState title="Realms are not for your role">{visible.reason}</EmptyState>
        ) : (
          <QueryView query={realms}>
            {(items) =>
              items.length === 0 ? (
                <EmptyState title="No realms yet" action={create}>
                  Create one for each set of people, such as your customers or your staff. Then add a client for each
                  application that they sign in to.
                </EmptyState>
              ) : (
                <DataTable
                  label="Realms"
                  items={items}
                  columns={[
                    {
                      title: 'Realm',
                      maxWidth: 260,
                      cell: (realm) => (
                        <>
                          <LinkAnchor
                            to={paths.realm}
                            params={{ team, realm: realm.id }}
                            size="sm"
                            fw={550}
                            className="hk-break"
                          >
                            {realm.displayName}
                          </LinkAnchor>
                          <Text size="xs" c="dimmed" className="hk-break">
                            {realm.name}
                          </Text>
                        </>
                      ),
                    },
                    {
                      title: 'Issuer',
                      cell: ({ issuer }) => (
                        <Group gap={6} wrap="nowrap">
                          <Text size="sm" className="hk-mono hk-break">
                            {issuer}
                          </Text>
                          <Copy value={issuer} label={`Copy the issuer ${issuer}`} />
                        </Group>
                      ),
                    },
                    {
                      title: 'Sign-up',
                      cell: ({ signUp }) => SIGN_UP.find(({ value }) => value === signUp.mode)?.label ?? signUp.mode,
                    },
                    { title: 'Made', cell: ({ createdAt }) => <Time at={createdAt} /> },
                  ]}
                />
              )
            }
          </QueryView>
        )}
      </Section>
      <Modal opened={creating} onClose={() => setCreating(false)} title="New realm">
        {creating && <NewRealm team={team} onClose={() => setCreating(false)} />}
      </Modal>
    </Page>
  );
}
