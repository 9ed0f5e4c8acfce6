import { ActionIcon, Button, Group, Select, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../api/client';
import { useAction } from '../../api/hooks';
import { environmentsQuery, projectsQuery } from '../../api/queries';
import type { Grant, Member, Role } from '../../api/types';
import { endpoints } from '../../routes';
import { ActionForm } from '../../ui/ActionForm';
import { ROLES, roleLabel } from '../../ui/roles';

/** A member's role in the team, and more on single projects or environments. */
export function EditMember({ team, member, onClose }: { team: string; member: Member; onClose: () => void }) {
  const [role, setRole] = useState<Role>(member.role);
  const [grants, setGrants] = useState<Grant[]>(member.grants);
  const projects = useQuery(projectsQuery(team));
  const save = useAction({
    run: () => client.patch(endpoints.member(team, member.id), { role, grants }),
    invalidates: [['members', team], ['session']],
    onDone: onClose,
  });
  const first = projects.data?.[0];
  return (
    <ActionForm action={save} submit="Save" onCancel={onClose}>
      <Select
        label="Role in the team"
        description={ROLES.find(({ value }) => value === role)?.description}
        data={ROLES.map(({ value, label }) => ({ value, label }))}
        value={role}
        onChange={(value) => setRole(value ?? role)}
        data-autofocus
      />
      <div>
        <Text size="sm" fw={500}>
          More on single projects
        </Text>
        <Text size="xs" c="dimmed">
          A grant adds to the role; it never takes away.
        </Text>
      </div>
      {grants.map((grant, index) => (
        <GrantRow
          key={index}
          grant={grant}
          projects={projects.data ?? []}
          onChange={(changed) => setGrants(grants.map((other, at) => (at === index ? changed : other)))}
          onRemove={() => setGrants(grants.filter((_, at) => at !== index))}
        />
      ))}
      <div>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={!first}
          onClick={() => {
            if (first) setGrants([...grants, { scope: { projectId: first.id }, role: 'developer' }]);
          }}
        >
          Add a grant
        </Button>
      </div>
    </ActionForm>
  );
}

interface GrantRowProps {
  grant: Grant;
  projects: { id: string; name: string }[];
  onChange: (grant: Grant) => void;
  onRemove: () => void;
}

function GrantRow({ grant, projects, onChange, onRemove }: GrantRowProps) {
  const projectId = grant.scope.projectId ?? '';
  const environments = useQuery({ ...environmentsQuery(projectId), enabled: projectId !== '' });
  return (
    <Group gap="xs" wrap="nowrap">
      <Select
        flex={1.2}
        aria-label="Role of the grant"
        data={(['admin', 'developer', 'viewer'] as const).map((value) => ({ value, label: roleLabel(value) }))}
        value={grant.role}
        onChange={(value) => onChange({ ...grant, role: value ?? grant.role })}
      />
      <Select
        flex={1.5}
        aria-label="Project of the grant"
        data={projects.map(({ id, name }) => ({ value: id, label: name }))}
        value={projectId}
        onChange={(value) => onChange({ ...grant, scope: { projectId: value ?? projectId } })}
      />
      <Select
        flex={1.5}
        aria-label="Environment of the grant"
        data={[
          { value: '', label: 'All environments' },
          ...(environments.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={grant.scope.environmentId ?? ''}
        onChange={(value) => onChange({ ...grant, scope: { projectId, ...(value && { environmentId: value }) } })}
      />
      <ActionIcon aria-label="Remove the grant" onClick={onRemove}>
        <IconTrash size={16} />
      </ActionIcon>
    </Group>
  );
}
