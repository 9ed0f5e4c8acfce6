package dev.havenkeep.engine;

import java.time.Duration;

/** One step of a {@link Plan}. Each may be executed again after a crash, whether it had been done or not. */
public sealed interface Step {

    /** When in a deployment it is done. */
    Phase phase();

    /** A line for people. */
    String describe();

    /** The parts of a plan, in their order. */
    enum Phase {
        /** What disturbs nothing: networks, volumes, containers that do not run yet. */
        PREPARE,
        /** New containers start; of a service that is recreated, the old ones stop just before. */
        START,
        /** After traffic has moved: old containers stop and go. */
        RETIRE
    }

    /** Makes a network if it is absent. */
    record CreateNetwork(NetworkSpec network) implements Step {
        @Override
        public Phase phase() {
            return Phase.PREPARE;
        }

        @Override
        public String describe() {
            return "create network " + network.name();
        }
    }

    /** Makes a volume if it is absent. */
    record CreateVolume(VolumeSpec volume) implements Step {
        @Override
        public Phase phase() {
            return Phase.PREPARE;
        }

        @Override
        public String describe() {
            return "create volume " + volume.name();
        }
    }

    /** Makes a container that does not run yet. */
    record CreateContainer(String service, ContainerSpec container) implements Step {
        @Override
        public Phase phase() {
            return Phase.PREPARE;
        }

        @Override
        public String describe() {
            return "create container " + container.name() + " of " + container.image();
        }
    }

    /** Starts a container. */
    record StartContainer(String service, ContainerName container) implements Step {
        @Override
        public Phase phase() {
            return Phase.START;
        }

        @Override
        public String describe() {
            return "start container " + container;
        }
    }

    /** Leaves a container as it is, since it is just as it should be. */
    record KeepContainer(String service, ContainerName container) implements Step {
        @Override
        public Phase phase() {
            return Phase.PREPARE;
        }

        @Override
        public String describe() {
            return "keep container " + container + ", which is as it should be";
        }
    }

    /**
     * Stops a container.
     *
     * @param phase {@link Phase#START} when it must not run beside its successor
     */
    record StopContainer(String service, ContainerName container, Duration grace, Phase phase) implements Step {
        @Override
        public String describe() {
            return "stop container " + container
                    + (phase == Phase.START ? " before its successor starts, since it cannot run twice" : "");
        }
    }

    /** Removes a container; what is in its volumes stays. */
    record RemoveContainer(String service, ContainerName container) implements Step {
        @Override
        public Phase phase() {
            return Phase.RETIRE;
        }

        @Override
        public String describe() {
            return "remove container " + container;
        }
    }
}
