package io.jenkins.plugins.shera.build.steps;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.statement.SignedStatement;
import io.jenkins.plugins.shera.oci.statement.StatementShelf;
import io.jenkins.plugins.shera.oci.statement.TrustedKey;
import java.io.File;
import java.io.IOException;
import jenkins.MasterToSlaveFileCallable;

/** Puts a statement, signed on the controller, beside its image; from the agent, which is known to reach the registry. */
final class AttachTask extends MasterToSlaveFileCallable<Void> {
    private static final long serialVersionUID = 1L;

    private final Destination destination;
    private final String image;
    private final String digest;
    private final SignedStatement statement;
    private final String key;

    AttachTask(Destination destination, String image, String digest, SignedStatement statement, String key) {
        this.destination = destination;
        this.image = image;
        this.digest = digest;
        this.statement = statement;
        this.key = key;
    }

    @Override
    public Void invoke(File workspace, VirtualChannel channel) throws IOException {
        StatementShelf shelf = new StatementShelf(destination.repository(image));
        Digest subject = Digest.parse(digest);
        if (!shelf.says(subject, TrustedKey.ofPem(key), statement)) {
            shelf.add(subject, statement);
        }
        return null;
    }
}
