package io.jenkins.plugins.shera.monitoring.config;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.shera.nodes.remote.Errand;
import io.jenkins.plugins.shera.nodes.remote.Machine;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jenkins.security.MasterToSlaveCallable;

/** A machine on which an agent of Jenkins runs. */
final class AgentMachine implements Machine {

    private final String name;
    private final VirtualChannel channel;
    private final long limitSeconds;

    /**
     * Only keeps what it is given.
     *
     * @param name for people
     * @param limitSeconds longer than an errand takes that ends at all
     */
    AgentMachine(String name, VirtualChannel channel, long limitSeconds) {
        this.name = name;
        this.channel = channel;
        this.limitSeconds = limitSeconds;
    }

    private static final class There<T> extends MasterToSlaveCallable<T, IOException> {
        private static final long serialVersionUID = 1L;

        private final Errand<T> errand;

        There(Errand<T> errand) {
            this.errand = errand;
        }

        @Override
        public T call() throws IOException {
            try {
                return errand.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted on the agent; what was in force before is in force", e);
            }
        }
    }

    @Override
    public <T> T run(Errand<T> errand) throws IOException, InterruptedException {
        Future<T> answer = channel.callAsync(new There<>(errand));
        try {
            return answer.get(limitSeconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException(Messages.MachineSettings_silent(name, limitSeconds), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException said) {
                throw said;
            }
            throw new IOException(Messages.MachineSettings_failed(name, String.valueOf(e.getMessage())), e);
        }
    }
}
