package io.jenkins.plugins.shera.build.records;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Run;
import io.jenkins.plugins.shera.build.retention.ImageUses;
import io.jenkins.plugins.shera.build.retention.RetentionPlan;
import io.jenkins.plugins.shera.build.retention.Shelf;
import io.jenkins.plugins.shera.build.retention.TagPatterns;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.layer.EntryNames;
import io.jenkins.plugins.shera.oci.registry.RegistryAddress;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.Starter;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.connection.RegistryLogin;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Keeps the images of one repository that are needed and deletes the rest; the caller checked that the tenant may. */
public final class Retention {
    /** How many images stay unless told otherwise. */
    public static final int USUAL = 10;

    /** Tags whose images stay unless told otherwise. */
    public static final String USUAL_TAGS = "latest, v*, release-*";

    private static final int MOST = 10_000;
    private static final Logger LOGGER = Logger.getLogger(Retention.class.getName());

    private final Tenant tenant;
    private final RegistryAddress address;
    private final ImagePlace place;
    private final String repository;

    /**
     * Of a repository in a registry of the tenant.
     *
     * @param registry id; empty for the only one the tenant has
     * @param image name without registry and tag
     */
    public Retention(Tenant tenant, String registry, String image) {
        this.tenant = tenant;
        String id = registry.isEmpty() && tenant.getRegistries().size() == 1
                ? tenant.getRegistries().get(0)
                : registry;
        ContainerRegistry found = SheraConfiguration.get().registry(id);
        if (found == null || !tenant.getRegistries().contains(id)) {
            throw Refusal.unknown(
                    "registry", Messages.Retention_registry(tenant.getId()), Messages.Retention_registry_next());
        }
        try {
            this.repository = ImageReference.ofRepository(image).repository();
        } catch (IllegalArgumentException e) {
            throw Refusal.input("image", e.getMessage(), "");
        }
        this.address = RegistryLogin.address(found);
        this.place = new ImagePlace(address, RegistryLogin.ofTenant(found, tenant));
    }

    /**
     * What would be deleted, and why the rest stays; reads every cluster first.
     *
     * @throws Refusal when a cluster or the registry could not be read
     */
    public RetentionPlan plan(int keep, List<String> keepTags) {
        if (keep < 1 || keep > MOST) {
            throw Refusal.input("keep", Messages.Retention_keep(MOST), "");
        }
        TagPatterns kept;
        try {
            kept = new TagPatterns(keepTags);
        } catch (IllegalArgumentException e) {
            throw Refusal.input("keepTags", e.getMessage(), "");
        }
        ImageUses uses = new ImageUses(repository);
        ClusterUses.read(uses, tenant.getId());
        try {
            List<RetentionPlan.Candidate> candidates = candidates();
            RunningBuilds.read(uses, tenant, name(), candidates);
            return RetentionPlan.of(Shelf.read(place.repository(repository)), candidates, keep, kept, uses);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /**
     * Carries a plan out that was made a moment ago; audited, also when it ends in the middle.
     *
     * @throws Refusal when the registry did not do it; then it may be repeated
     */
    public void apply(RetentionPlan plan, Run<?, ?> run) {
        ObjectNode after = JsonNodeFactory.instance.objectNode();
        ArrayNode digests = after.putArray("deleted");
        IOException failure = null;
        try {
            plan.apply((line, removal) -> stillGoes(line, () -> {
                removal.run();
                digests.add(line.digest().toString());
                ImageOrigins.get().forget(tenant.getId(), line.digest());
            }));
        } catch (IOException e) {
            failure = e;
        }
        AuditLine audit = AuditLine.of("image.prune", tenant.getId() + "/" + repository)
                .tenant(tenant.getId())
                .after(after.toString());
        audit = run == null ? audit : audit.from(run);
        if (failure != null) {
            audit.failed(failure.getMessage());
            throw unavailable(failure);
        }
        audit.done();
        tell(digests.size(), run);
    }

    /** Unless a build made it anew since the plan, or is making an image of this name, which may turn out to be it. */
    private boolean stillGoes(RetentionPlan.Line line, ImagesAtWork.Removal removal) throws IOException {
        boolean[] same = {false};
        boolean free = ImagesAtWork.get().unlessOn(name(), () -> {
            ImageOrigin origin =
                    ImageOrigins.get().find(tenant.getId(), line.digest()).orElse(null);
            same[0] = origin == null || origin.at().equals(line.at()) && !RunningBuilds.runs(origin.build());
            if (same[0]) {
                removal.run();
            }
        });
        return free && same[0];
    }

    private Refusal unavailable(IOException e) {
        return new Refusal(
                Refusal.Kind.UNAVAILABLE,
                Messages.Retention_failed(),
                name(),
                String.valueOf(e.getMessage()),
                Messages.Retention_failed_next());
    }

    /** The images are gone already: that the timeline cannot be written must not look like a failure of that. */
    private void tell(int gone, Run<?, ?> run) {
        Application application = SheraConfiguration.get().application(tenant.getId(), EntryNames.last(repository));
        if (application == null || gone == 0) {
            return;
        }
        String actor = run == null ? Jenkins.getAuthentication2().getName() : Starter.of(run);
        TimelineEntry entry =
                TimelineEntry.now(TimelineEntry.Kind.IMAGE, Messages._Retention_deleted(gone), name(), actor, "");
        try {
            Timelines.get()
                    .append(
                            application,
                            run == null ? entry : entry.linked(run.getFullDisplayName(), "/" + run.getUrl()));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot write to the timeline of " + application.getName(), e);
        }
    }

    /** Tags out of a text in which commas or spaces part them. */
    public static List<String> tags(String text) {
        List<String> tags = new ArrayList<>(List.of(text.trim().split("[,\\s]+")));
        tags.removeIf(String::isEmpty);
        return tags;
    }

    /** Why an image stays or that it goes, in the language of the request. */
    public static String words(RetentionPlan.Line line) {
        return switch (line.why()) {
            case NEWEST -> Messages.Retention_newest();
            case TAG -> Messages.Retention_tag(line.detail());
            case USED -> Messages.Retention_used(line.detail());
            case PART -> Messages.Retention_part(line.detail());
            case SHARED -> Messages.Retention_shared();
            case BUSY -> Messages.Retention_busy();
            case GOES -> Messages.Retention_goes();
        };
    }

    /** Its name as clusters pull it. */
    public String name() {
        return address.pullHost() + "/" + repository;
    }

    private List<RetentionPlan.Candidate> candidates() throws IOException {
        Set<Digest> others = new HashSet<>();
        for (Tenant other : SheraConfiguration.get().getTenants()) {
            if (!other.getId().equals(tenant.getId())) {
                for (ImageOrigin origin : ImageOrigins.get().all(other.getId())) {
                    ImageReference.parse(origin.reference()).digest().ifPresent(others::add);
                }
            }
        }
        List<RetentionPlan.Candidate> candidates = new ArrayList<>();
        for (ImageOrigin origin : ImageOrigins.get().all(tenant.getId())) {
            ImageReference reference = ImageReference.parse(origin.reference());
            boolean here = reference.domain().filter(address::serves).isPresent()
                    && reference.repository().equals(repository);
            if (here && reference.digest().isPresent()) {
                Digest digest = reference.digest().get();
                candidates.add(
                        new RetentionPlan.Candidate(digest, origin.at(), origin.build(), others.contains(digest)));
            }
        }
        return candidates;
    }
}
