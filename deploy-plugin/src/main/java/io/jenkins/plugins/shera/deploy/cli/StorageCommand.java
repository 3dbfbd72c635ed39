package io.jenkins.plugins.shera.deploy.cli;

import hudson.Extension;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.steps.storage.StorageDesk;
import io.jenkins.plugins.shera.deploy.storage.StorageFacts;
import io.jenkins.plugins.shera.deploy.storage.VolumeOrder;
import io.jenkins.plugins.shera.platform.config.Environment;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/**
 * {@code shera-storage TENANT APPLICATION ENVIRONMENT [CLAIM (--size N | --snapshot NAME | --restore SNAPSHOT | --delete)]}: the claims and
 * snapshots of an application, a line each, one of which it changes when told to.
 */
@Extension
public class StorageCommand extends PlaceCommand {

    @Argument(index = 3, metaVar = "CLAIM", usage = "name of the claim; with --restore of the new one")
    public String claim = "";

    @Option(name = "--size", usage = "lets it grow to this size")
    public String size = "";

    @Option(name = "--snapshot", usage = "takes a snapshot of this name")
    public String snapshot = "";

    @Option(name = "--restore", usage = "makes the claim of this snapshot")
    public String restore = "";

    @Option(name = "--delete", usage = "deletes the claim with its data; its name once more")
    public String delete = "";

    @Option(name = "--delete-snapshot", usage = "deletes this snapshot; its name as CLAIM, too")
    public String deleteSnapshot = "";

    @Override
    public String getName() {
        return "shera-storage";
    }

    @Override
    public String getShortDescription() {
        return Messages.StorageCommand_description();
    }

    @Override
    protected String change() {
        if (claim.isEmpty()) {
            return "";
        }
        return delete.isEmpty() && deleteSnapshot.isEmpty() ? "storage.change" : "storage.delete";
    }

    @Override
    protected void act(Subject subject, Environment where) {
        if (claim.isEmpty()) {
            show(StorageDesk.look(subject));
        } else {
            checkChange(where);
            stdout.println(change(subject));
        }
    }

    private String change(Subject subject) {
        if (!delete.isEmpty()) {
            return StorageDesk.deleteClaim(subject, claim, delete);
        }
        return deleteSnapshot.isEmpty()
                ? StorageDesk.change(subject, VolumeOrder.of(claim, size, snapshot, restore))
                : StorageDesk.deleteSnapshot(subject, claim, deleteSnapshot);
    }

    private void show(StorageFacts facts) {
        facts.claims()
                .forEach(each -> stdout.println("claim\t" + each.name() + "\t" + each.phase() + "\t"
                        + (each.capacity().isEmpty() ? "-" : each.capacity()) + "/" + each.size() + "\t"
                        + each.storageClass() + "\t" + String.join(",", each.modes()) + "\t"
                        + String.join(",", each.pods()) + "\t" + each.trouble()));
        facts.snapshots()
                .forEach(each -> stdout.println("snapshot\t" + each.name() + "\t"
                        + (each.ready() ? "ready" : "waiting") + "\t" + each.size() + "\t" + each.claim() + "\t"
                        + each.created() + "\t" + each.trouble()));
    }
}
