import type { ApplicationStatus, DeploymentState, Domain } from '../api/types';

/** How a state looks: a tone, and a shape so that colour is never all there is. */
export interface Appearance {
  tone: 'running' | 'busy' | 'degraded' | 'failed' | 'idle';
  shape: 'dot' | 'ring' | 'square' | 'diamond' | 'pulse';
  label: string;
}

export function applicationAppearance(state: ApplicationStatus['state']): Appearance {
  switch (state) {
    case 'running':
      return { tone: 'running', shape: 'dot', label: 'Running' };
    case 'deploying':
      return { tone: 'busy', shape: 'pulse', label: 'Deploying' };
    case 'degraded':
      return { tone: 'degraded', shape: 'diamond', label: 'Degraded' };
    case 'stopped':
      return { tone: 'idle', shape: 'square', label: 'Stopped' };
    case 'none':
      return { tone: 'idle', shape: 'ring', label: 'Not deployed' };
    case 'deleting':
      return { tone: 'failed', shape: 'pulse', label: 'Deleting' };
  }
}

export function deploymentAppearance(state: DeploymentState): Appearance {
  switch (state) {
    case 'succeeded':
      return { tone: 'running', shape: 'dot', label: 'Succeeded' };
    case 'failed':
      return { tone: 'failed', shape: 'diamond', label: 'Failed' };
    case 'cancelled':
      return { tone: 'idle', shape: 'square', label: 'Cancelled' };
    case 'superseded':
      return { tone: 'idle', shape: 'ring', label: 'Superseded' };
    case 'queued':
      return { tone: 'busy', shape: 'ring', label: 'Queued' };
    case 'fetching':
    case 'building':
    case 'pushing':
    case 'releasing':
    case 'starting':
    case 'checking':
    case 'switching':
    case 'draining':
      return { tone: 'busy', shape: 'pulse', label: stepLabel(state) };
  }
}

export function domainAppearance(state: Domain['status']['state']): Appearance {
  switch (state) {
    case 'active':
      return { tone: 'running', shape: 'dot', label: 'Active' };
    case 'pending':
      return { tone: 'busy', shape: 'pulse', label: 'Pending' };
    case 'error':
      return { tone: 'failed', shape: 'diamond', label: 'Error' };
  }
}

/** A step's name as a heading: "building" is "Building". */
export function stepLabel(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
}
