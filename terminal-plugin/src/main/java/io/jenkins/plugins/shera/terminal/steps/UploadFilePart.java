package io.jenkins.plugins.shera.terminal.steps;

import hudson.Extension;
import hudson.model.Descriptor;
import java.io.IOException;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code uploadFile(from: 'config/shop.conf', to: '/app/shop.conf')}: a file or a folder of the workspace goes into the container. */
public final class UploadFilePart extends ContainerPart {
    private static final long serialVersionUID = 1L;

    private final String from;
    private final String to;

    /** A {@code to} that ends with a slash is the folder to put it into. */
    @DataBoundConstructor
    public UploadFilePart(String from, String to) {
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
        checkWorkspacePath("from", from);
        checkPath("to", to);
    }

    @Override
    void begin(ContainerSession session) throws IOException, InterruptedException {
        String clean = from.replaceAll("/+$", "");
        String name = clean.substring(clean.lastIndexOf('/') + 1);
        session.upload(clean, to.endsWith("/") ? to + name : to);
    }

    @Extension
    @Symbol("uploadFile")
    public static final class DescriptorImpl extends Descriptor<ContainerPart> {
        @Override
        public String getDisplayName() {
            return Messages.UploadFilePart_displayName();
        }
    }
}
