package io.jenkins.plugins.shera.terminal.steps;

import hudson.Extension;
import hudson.model.Descriptor;
import java.io.IOException;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code downloadFile(from: '/app/shop.log', to: 'shop.log')}: a file of the container goes into the workspace, or with a slash at its end a folder. */
public final class DownloadFilePart extends ContainerPart {
    private static final long serialVersionUID = 1L;

    private final String from;
    private final String to;

    /** Folders above {@code to} are made. */
    @DataBoundConstructor
    public DownloadFilePart(String from, String to) {
        this.from = from;
        this.to = to;
    }

    public String getFrom() {
        return from;
    }

    public String getTo() {
        return to;
    }

    @Override
    void check() {
        checkPath("from", from);
        checkWorkspacePath("to", to);
    }

    @Override
    void begin(ContainerSession session) throws IOException, InterruptedException {
        session.download(from, to);
    }

    @Extension
    @Symbol("downloadFile")
    public static final class DescriptorImpl extends Descriptor<ContainerPart> {
        @Override
        public String getDisplayName() {
            return Messages.DownloadFilePart_displayName();
        }
    }
}
