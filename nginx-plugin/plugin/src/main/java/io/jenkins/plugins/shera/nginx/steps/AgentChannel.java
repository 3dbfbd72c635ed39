package io.jenkins.plugins.shera.nginx.steps;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.shera.nginx.work.NodePlace;
import io.jenkins.plugins.shera.nginx.work.NodeWork;
import java.io.IOException;
import java.util.concurrent.Future;
import jenkins.security.MasterToSlaveCallable;

/** To a machine on which an agent of Jenkins runs, or Jenkins itself. */
final class AgentChannel implements NodeChannel {
    private final VirtualChannel channel;
    private final NodePlace place;

    AgentChannel(VirtualChannel channel, NodePlace place) {
        this.channel = channel;
        this.place = place;
    }

    private static final class There<T> extends MasterToSlaveCallable<T, IOException> {
        private static final long serialVersionUID = 1L;

        private final NodePlace place;
        private final NodeWork<T> work;

        There(NodePlace place, NodeWork<T> work) {
            this.place = place;
            this.work = work;
        }

        @Override
        public T call() throws IOException {
            return place.run(work);
        }
    }

    @Override
    public <T> T call(NodeWork<T> work) throws IOException, InterruptedException {
        return channel.call(new There<>(place, work));
    }

    @Override
    public <T> Future<T> callAsync(NodeWork<T> work) throws IOException {
        return channel.callAsync(new There<>(place, work));
    }
}
