import { Badge, Code, Modal, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../api/client';
import { useAction, useParam, usePermissions } from '../../api/hooks';
import { tokensQuery } from '../../api/queries';
import type { Token } from '../../api/types';
import { can } from '../../can';
import { endpoints } from '../../routes';
import { ConfirmDelete } from '../../ui/ConfirmDelete';
import { DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { GuardedButton, GuardedIcon } from '../../ui/Guarded';
import { Page, Section } from '../../ui/Page';
import { QueryView } from '../../ui/QueryView';
import { Time } from '../../ui/Time';
import { NewToken } from './NewToken';

export function TokensPage() {
  const team = useParam('team');
  const permissions = usePermissions(team);
  const tokens = useQuery({ ...tokensQuery(team), enabled: can.changeTokens(permissions).allowed });
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<Token>();
  const verdict = can.changeTokens(permissions);
  const add = (
    <GuardedButton verdict={verdict} leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
      New token
    </GuardedButton>
  );
  return (
    <Page
      title="API tokens"
      description="For the haven command, CI and other programs. A token does what it was made for and no more."
      actions={add}
    >
      <Section flush>
        {!verdict.allowed ? (
          <EmptyState title="Tokens are not for your role">{verdict.reason}</EmptyState>
        ) : (
          <QueryView query={tokens}>
            {(items) =>
              items.length === 0 ? (
                <EmptyState title="No tokens yet" action={add}>
                  Make one for each program, with only the permissions that it needs.
                </EmptyState>
              ) : (
                <DataTable
                  label="API tokens"
                  items={items}
                  columns={[
                    {
                      title: 'Name',
                      cell: (token) => (
                        <>
                          <Text size="sm" fw={550} className="hk-break">
                            {token.name}
                          </Text>
                          <Text size="xs" c="dimmed">
                            {token.createdBy && `by ${token.createdBy.name}, `}
                            <Time at={token.createdAt} />
                          </Text>
                        </>
                      ),
                    },
                    { title: 'May', maxWidth: 340, cell: (token) => <Reach token={token} /> },
                    {
                      title: 'Last used',
                      cell: ({ lastUsedAt }) => (lastUsedAt ? <Time at={lastUsedAt} /> : 'never'),
                    },
                    { title: 'Ends', cell: ({ expiresAt }) => (expiresAt ? <Time at={expiresAt} /> : 'never') },
                  ]}
                  actions={(token) => (
                    <GuardedIcon verdict={verdict} label={`Revoke ${token.name}`} onClick={() => setRevoking(token)}>
                      <IconTrash size={16} />
                    </GuardedIcon>
                  )}
                />
              )
            }
          </QueryView>
        )}
      </Section>
      <Modal opened={creating} onClose={() => setCreating(false)} title="New API token" size="lg">
        {creating && <NewToken team={team} onClose={() => setCreating(false)} />}
      </Modal>
      {revoking && <Revoke team={team} token={revoking} onClose={() => setRevoking(undefined)} />}
    </Page>
  );
}

/** What a token may do, where, and from which networks. */
function Reach({ token }: { token: Token }) {
  const { permissions, projectIds, allowedNetworks } = token;
  return (
    <Stack gap={3} align="flex-start">
      {token.readOnly && <Badge color="gray">read only</Badge>}
      <Text size="xs" c="dimmed" lineClamp={2} title={permissions.join(', ')}>
        {permissions.join(', ')}
      </Text>
      {projectIds.length > 0 && (
        <Text size="xs" c="dimmed">
          in {projectIds.length} {projectIds.length === 1 ? 'project' : 'projects'}
        </Text>
      )}
      {allowedNetworks.length > 0 && (
        <Text size="xs" c="dimmed" className="hk-break">
          from <Code>{allowedNetworks.join(', ')}</Code>
        </Text>
      )}
    </Stack>
  );
}

function Revoke({ team, token, onClose }: { team: string; token: Token; onClose: () => void }) {
  const remove = useAction({
    run: () => client.delete(endpoints.token(team, token.id)),
    invalidates: [['tokens', team]],
    onDone: onClose,
  });
  return (
    <ConfirmDelete
      opened
      onClose={onClose}
      verb="Revoke"
      subject={`the token ${token.name}`}
      busy={remove.busy}
      problem={remove.problem}
      onConfirm={() => remove.run()}
    >
      <Text size="sm">Whatever uses it is refused at once. This cannot be undone.</Text>
    </ConfirmDelete>
  );
}
