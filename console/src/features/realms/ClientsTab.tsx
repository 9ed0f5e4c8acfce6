import { Badge, Group, Modal, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { realmClientsQuery } from '../../api/queries';
import { can } from '../../can';
import { paths } from '../../routes';
import { Copy } from '../../ui/Copy';
import { DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { GuardedButton } from '../../ui/Guarded';
import { LinkAnchor } from '../../ui/links';
import { Section } from '../../ui/Page';
import { QueryView } from '../../ui/QueryView';
import { Time } from '../../ui/Time';
import { NewClient } from './NewClient';
import { useRealm } from './realm';
import { kindOf } from './words';

export function ClientsTab() {
  const { realm, permissions, params } = useRealm();
  const clients = useQuery(realmClientsQuery(realm.id));
  const [creating, setCreating] = useState(false);
  const create = (
    <GuardedButton
      verdict={can.changeRealms(permissions)}
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => setCreating(true)}
    >
      New client
    </GuardedButton>
  );
  return (
    <Section
      flush
      title="Clients"
      description="The programs that people sign in to, and those that act for themselves."
      actions={create}
    >
      <QueryView query={clients}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title="No clients yet" action={create}>
              Add one for each application. You get the client id, and the secret if its kind keeps one.
            </EmptyState>
          ) : (
            <DataTable
              label="Clients"
              items={items}
              columns={[
                {
                  title: 'Client',
                  maxWidth: 280,
                  cell: (client) => (
                    <LinkAnchor
                      to={paths.realmClient}
                      params={{ ...params, client: client.id }}
                      size="sm"
                      fw={550}
                      className="hk-break"
                    >
                      {client.name}
                    </LinkAnchor>
                  ),
                },
                {
                  title: 'Client id',
                  maxWidth: 320,
                  cell: ({ clientId }) => (
                    <Group gap={6} wrap="nowrap">
                      <Text size="sm" className="hk-mono hk-break">
                        {clientId}
                      </Text>
                      <Copy value={clientId} label={`Copy the client id ${clientId}`} />
                    </Group>
                  ),
                },
                { title: 'Kind', cell: ({ kind }) => <Badge color="gray">{kindOf(kind)?.label ?? kind}</Badge> },
                { title: 'Made', cell: ({ createdAt }) => <Time at={createdAt} /> },
              ]}
            />
          )
        }
      </QueryView>
      <Modal opened={creating} onClose={() => setCreating(false)} size="lg" title="New client">
        {creating && <NewClient onClose={() => setCreating(false)} />}
      </Modal>
    </Section>
  );
}
