import { Badge, Code, Modal, Stack, Table, Text } from '@mantine/core';
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
import { EmptyState } from '../../ui/EmptyState';
import { GuardedButton, GuardedIcon } from '../../ui/Guarded';
import { Page, Scroll, Section } from '../../ui/Page';
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
                <Scroll label="API tokens">
                  <Table miw={680}>
                    <Table.Thead>
                      <Table.Tr>
                        <Table.Th>Name</Table.Th>
                        <Table.Th>May</Table.Th>
                        <Table.Th>Last used</Table.Th>
                        <Table.Th>Ends</Table.Th>
                        <Table.Th w={56}>
                          <span style={{ position: 'absolute', left: -9999 }}>Actions</span>
                        </Table.Th>
                      </Table.Tr>
                    </Table.Thead>
                    <Table.Tbody>
                      {items.map((token) => (
                        <Table.Tr key={token.id}>
                          <Table.Td>
                            <Text size="sm" fw={550} className="hk-break">
                              {token.name}
                            </Text>
                            <Text size="xs" c="dimmed">
                              {token.createdBy && `by ${token.createdBy.name}, `}
                              <Time at={token.createdAt} />
                            </Text>
                          </Table.Td>
                          <Table.Td maw={320}>
                            <Stack gap={3} align="flex-start">
                              {token.readOnly && <Badge color="gray">read only</Badge>}
                              <Text size="xs" c="dimmed" lineClamp={2}>
                                {token.permissions.join(', ')}
                              </Text>
                              {token.projectIds.length > 0 && (
                                <Text size="xs" c="dimmed">
                                  in {token.projectIds.length} {token.projectIds.length === 1 ? 'project' : 'projects'}
                                </Text>
                              )}
                              {token.allowedNetworks.length > 0 && (
                                <Text size="xs" c="dimmed">
                                  from <Code>{token.allowedNetworks.join(', ')}</Code>
                                </Text>
                              )}
                            </Stack>
                          </Table.Td>
                          <Table.Td>{token.lastUsedAt ? <Time at={token.lastUsedAt} /> : 'never'}</Table.Td>
                          <Table.Td>{token.expiresAt ? <Time at={token.expiresAt} /> : 'never'}</Table.Td>
                          <Table.Td ta="right">
                            <GuardedIcon
                              verdict={verdict}
                              label={`Revoke ${token.name}`}
                              onClick={() => setRevoking(token)}
                            >
                              <IconTrash size={16} />
                            </GuardedIcon>
                          </Table.Td>
                        </Table.Tr>
                      ))}
                    </Table.Tbody>
                  </Table>
                </Scroll>
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
