import type { Role } from '../api/types';

export const ROLES: { value: Role; label: string; description: string }[] = [
  { value: 'owner', label: 'Owner', description: 'Everything, with deleting the team.' },
  { value: 'admin', label: 'Admin', description: 'Everything but deleting the team.' },
  { value: 'developer', label: 'Developer', description: 'Applications, variables, domains and deployments.' },
  { value: 'viewer', label: 'Viewer', description: 'Sees, changes nothing.' },
  { value: 'none', label: 'No role', description: 'Only what is granted on single projects.' },
];

export function roleLabel(role: Role): string {
  return ROLES.find(({ value }) => value === role)?.label ?? role;
}
