import { Group, Modal, Select, Text } from '@mantine/core';
import { IconRotateClockwise } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../api/client';
import { useAction } from '../../api/hooks';
import { signingKeysQuery } from '../../api/queries';
import type { SigningKey } from '../../api/types';
import { can } from '../../can';
import { endpoints } from '../../routes';
import { ActionForm } from '../../ui/ActionForm';
import { Copy } from '../../ui/Copy';
import { DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { GuardedButton } from '../../ui/Guarded';
import { Section } from '../../ui/Page';
import { QueryView } from '../../ui/QueryView';
import { Status } from '../../ui/Status';
import { Time, useNow } from '../../ui/Time';
import { useRealm } from './realm';
import { ALGORITHMS, keyAppearance } from './words';

export function KeysTab() {
  const { realm, permissions } = useRealm();
  const keys = useQuery(signingKeysQuery(realm.id));
  // A key that was made by this very reading signs already.
  const now = Math.max(useNow(30_000), keys.dataUpdatedAt);
  const [rotating, setRotating] = useState(false);
  const close = () => setRotating(false);
  const rotate = (
    <GuardedButton
      verdict={can.changeRealms(permissions)}
      leftSection={<IconRotateClockwise size={16} aria-hidden />}
      onClick={() => setRotating(true)}
    >
      Replace a key
    </GuardedButton>
  );
  return (
    <Section
      flush
      title="Signing keys"
      description="They are replaced by themselves, each announced before it signs and known for a while after."
      actions={rotate}
    >
      <QueryView query={keys}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title="No keys yet">The first one is made when the realm signs its first token.</EmptyState>
          ) : (
            <DataTable
              label="Signing keys"
              items={items}
              columns={[
                {
                  title: 'Key',
                  maxWidth: 320,
                  cell: ({ id }) => (
                    <Group gap={6} wrap="nowrap">
                      <Text size="sm" className="hk-mono hk-break">
                        {id}
                      </Text>
                      <Copy value={id} label={`Copy the key id ${id}`} />
                    </Group>
                  ),
                },
                { title: 'Algorithm', cell: ({ algorithm }) => algorithm },
                { title: 'State', cell: (key) => <Status look={keyAppearance(key, now)} /> },
                { title: 'Signs from', cell: ({ signsFrom }) => <Time at={signsFrom} /> },
                {
                  title: 'Signs until',
                  cell: ({ signsUntil }) => (signsUntil === undefined ? 'Not settled yet' : <Time at={signsUntil} />),
                },
                {
                  title: 'Known until',
                  cell: ({ publishedUntil }) =>
                    publishedUntil === undefined ? 'Not settled yet' : <Time at={publishedUntil} />,
                },
              ]}
            />
          )
        }
      </QueryView>
      <Modal opened={rotating} onClose={close} title="Replace a signing key">
        {rotating && <Rotate onClose={close} />}
      </Modal>
    </Section>
  );
}

function Rotate({ onClose }: { onClose: () => void }) {
  const { realm } = useRealm();
  const [algorithm, setAlgorithm] = useState<SigningKey['algorithm']>(realm.algorithm);
  const rotate = useAction({
    run: () => client.post<SigningKey>(endpoints.signingKeys(realm.id), { algorithm }),
    invalidates: [['signing-keys', realm.id]],
    done: 'A new key signs from now on.',
    onDone: onClose,
  });
  return (
    <ActionForm action={rotate} submit="Replace the key" onCancel={onClose}>
      <Text size="sm">
        Only needed when a key may have become known, or to follow a rule of yours. A new key signs at once; tokens of
        the one before stay valid, since its public part stays known. Applications that keep the key set for long and do
        not read it again for an unknown key refuse new tokens until they do.
      </Text>
      <Select
        label="Algorithm"
        data={ALGORITHMS.map(({ value, label, description }) => ({ value, label: `${label}: ${description}` }))}
        value={algorithm}
        onChange={(value) => setAlgorithm(ALGORITHMS.find((known) => known.value === value)?.value ?? algorithm)}
      />
    </ActionForm>
  );
}
