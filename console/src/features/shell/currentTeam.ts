import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useSession } from '../../api/hooks';
import { applicationQuery, environmentQuery, projectQuery } from '../../api/queries';
import type { SessionTeam } from '../../api/types';
import { rememberedTeam, rememberTeam } from '../../ui/team';

/** The team of what is on the screen: named by the URL, or owning what the URL names; else the last one. */
export function useCurrentTeam(): SessionTeam | undefined {
  const session = useSession();
  const { team, project, environment, application } = useParams({ strict: false });
  const ownerOfProject = useQuery({ ...projectQuery(project ?? ''), enabled: project !== undefined });
  const ownerOfEnvironment = useQuery({ ...environmentQuery(environment ?? ''), enabled: environment !== undefined });
  const ownerOfApplication = useQuery({ ...applicationQuery(application ?? ''), enabled: application !== undefined });
  const id = team ?? ownerOfApplication.data?.teamId ?? ownerOfEnvironment.data?.teamId ?? ownerOfProject.data?.teamId;
  useEffect(() => {
    if (id !== undefined) rememberTeam(id);
  }, [id]);
  const current = id ?? rememberedTeam(session);
  return session.teams.find((candidate) => candidate.id === current);
}
