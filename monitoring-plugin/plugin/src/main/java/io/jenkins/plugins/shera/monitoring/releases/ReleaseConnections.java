package io.jenkins.plugins.shera.monitoring.releases;

import hudson.Extension;
import io.jenkins.plugins.shera.monitoring.config.ReleaseNotice;
import io.jenkins.plugins.shera.monitoring.config.ReleaseNoticeConfiguration;
import io.jenkins.plugins.shera.monitoring.news.ReceiverState;
import io.jenkins.plugins.shera.platform.extension.ConnectionKind;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.TreeSet;
import org.jvnet.localizer.Localizable;

/** The receivers that are to hear of releases: whether each took the last message. Nobody is told for this. */
@Extension
public class ReleaseConnections extends ConnectionKind {

    @Override
    public String id() {
        return "releaseReceiver";
    }

    @Override
    public String title() {
        return Messages.ReleaseConnections_title();
    }

    @Override
    public String purpose() {
        return Messages.ReleaseConnections_purpose();
    }

    @Override
    public int order() {
        return 66;
    }

    @Override
    public boolean isNeeded() {
        return false;
    }

    @Override
    public String settings() {
        return "manage/configure";
    }

    @Override
    public List<Connection> connections() {
        TreeSet<String> names = new TreeSet<>();
        for (ReleaseNotice each : ReleaseNoticeConfiguration.get().getNotices()) {
            names.add(each.getTenant() + "/" + each.getReceiver());
        }
        return names.stream().map(each -> (Connection) new Of(each)).toList();
    }

    private record Of(String name) implements Connection {
        @Override
        public URI address() {
            return null;
        }

        @Override
        public Localizable test() throws IOException {
            String[] parts = name.split("/");
            ReceiverState state = ReleaseMailroom.get().state(parts[0], parts[1]);
            if (state.result().equals(ReceiverState.FAILING) || state.result().equals(ReceiverState.LOST)) {
                throw new IOException(state.why());
            }
            return state.result().isEmpty()
                    ? Messages._ReleaseConnections_quiet()
                    : Messages._ReleaseConnections_said();
        }
    }
}
