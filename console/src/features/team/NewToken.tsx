import {
  Button,
  Checkbox,
  Group,
  MultiSelect,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../api/client';
import { useAction, usePermissions } from '../../api/hooks';
import { permissionsQuery, projectsQuery } from '../../api/queries';
import type { Permission, Token } from '../../api/types';
import { endpoints } from '../../routes';
import { ActionForm } from '../../ui/ActionForm';
import { CopyField } from '../../ui/Copy';
import { QueryView } from '../../ui/QueryView';

const DAY = 86_400_000;

const LIFETIMES = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'One year' },
  { value: '', label: 'Does not end' },
];

/** What a pipeline that deploys needs, and no more. */
const DEPLOYING: Permission[] = [
  'projects:read',
  'applications:read',
  'deployments:read',
  'deployments:write',
  'logs:read',
];

export function NewToken({ team, onClose }: { team: string; onClose: () => void }) {
  const own = usePermissions(team);
  const known = useQuery(permissionsQuery);
  const projects = useQuery(projectsQuery(team));
  const [name, setName] = useState('');
  const [readOnly, setReadOnly] = useState(false);
  const [chosen, setChosen] = useState<string[]>(DEPLOYING);
  const [projectIds, setProjectIds] = useState<string[]>([]);
  const [days, setDays] = useState('90');
  const [networks, setNetworks] = useState('');
  const granted = (known.data ?? []).filter(
    ({ permission, readOnly: harmless }) => chosen.includes(permission) && (harmless || !readOnly),
  );
  const create = useAction({
    run: () =>
      client.post<Token>(endpoints.tokens(team), {
        name: name.trim(),
        permissions: granted.map(({ permission }) => permission),
        readOnly,
        ...(projectIds.length > 0 && { projectIds }),
        ...(days !== '' && { expiresAt: new Date(Date.now() + Number(days) * DAY).toISOString() }),
        ...(networks.trim() !== '' && { allowedNetworks: networks.split(/[\s,]+/).filter(Boolean) }),
      }),
    invalidates: [['tokens', team]],
  });
  if (create.output?.token) {
    return (
      <Stack>
        <Text size="sm">Copy the token now: it is shown this once and kept only as a hash.</Text>
        <CopyField label="Token" value={create.output.token} />
        <Group justify="flex-end">
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <ActionForm
      action={create}
      submit="Create token"
      disabled={name.trim() === '' || granted.length === 0}
      onCancel={onClose}
    >
      <TextInput
        label="Name"
        placeholder="ci, shop"
        required
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={create.problem?.field('name')}
      />
      <Switch
        label="Read only"
        description="Can never change anything, whatever is chosen below."
        checked={readOnly}
        onChange={(event) => setReadOnly(event.currentTarget.checked)}
      />
      <QueryView query={known}>
        {(permissions) => (
          <Checkbox.Group label="Permissions" value={chosen} onChange={setChosen}>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={8} mt={6}>
              {permissions.map(({ permission, description, readOnly: harmless }) => (
                <Checkbox
                  key={permission}
                  value={permission}
                  label={permission}
                  description={own.has(permission) ? description : 'Your own role does not include it.'}
                  disabled={(readOnly && !harmless) || !own.has(permission)}
                />
              ))}
            </SimpleGrid>
          </Checkbox.Group>
        )}
      </QueryView>
      <Group grow align="flex-start">
        <MultiSelect
          label="Only in projects"
          placeholder={projectIds.length === 0 ? 'all of the team' : undefined}
          data={(projects.data ?? []).map((project) => ({ value: project.id, label: project.name }))}
          value={projectIds}
          onChange={setProjectIds}
        />
        <Select label="Ends after" data={LIFETIMES} value={days} onChange={(value) => setDays(value ?? '')} />
      </Group>
      <Textarea
        label="Only from networks"
        description="Addresses or CIDR blocks, one per line. Empty for anywhere."
        placeholder="203.0.113.0/24"
        autosize
        minRows={1}
        value={networks}
        onChange={(event) => setNetworks(event.currentTarget.value)}
        error={create.problem?.field('allowedNetworks')}
      />
    </ActionForm>
  );
}
