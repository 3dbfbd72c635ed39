package io.jenkins.plugins.shera.build.pages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Run;
import io.jenkins.plugins.shera.build.records.ImageOrigin;
import io.jenkins.plugins.shera.build.records.ImageOrigins;
import io.jenkins.plugins.shera.build.tools.DebugVariant;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.oci.layer.EntryNames;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.connection.RegistryLogin;
import io.jenkins.plugins.shera.platform.pages.Addresses;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What Jenkins remembers of the images that were built for an application: those whose repository ends with its name. */
final class ApplicationImages {
    private static final int SLICE = 20;

    private final Tenant tenant;
    private final Application application;

    ApplicationImages(Tenant tenant, Application application) {
        this.tenant = tenant;
        this.application = application;
    }

    /** All, the newest first. */
    List<ImageOrigin> all() throws IOException {
        return ImageOrigins.get().all(tenant.getId()).stream()
                .filter(one -> EntryNames.last(name(one.reference())).equals(application.getName()))
                .sorted(Comparator.comparing(ImageOrigin::at).reversed().thenComparing(ImageOrigin::reference))
                .toList();
    }

    static List<ImageOrigin> slice(List<ImageOrigin> all, int from) {
        return all.stream().skip(from).limit(SLICE).toList();
    }

    private static String name(String reference) {
        return reference.substring(0, reference.indexOf('@'));
    }

    /** A slice of them, with where the next begins and what the caller may do. */
    ObjectNode list(int from) throws IOException {
        List<ImageOrigin> all = all();
        boolean builds = TenantFolder.allows(tenant, SheraPermissions.BUILD);
        ObjectNode json = Json.object()
                .put("total", all.size())
                .put("from", from)
                .put("slice", SLICE)
                .put("pruneUrl", builds ? ProjectsPage.address(tenant) + "/prune" : "");
        ArrayNode images = json.putArray("images");
        slice(all, from).forEach(one -> images.add(row(one)));
        ArrayNode repositories = json.putArray("repositories");
        TreeSet<String> names = new TreeSet<>();
        all.forEach(one -> names.add(name(one.reference())));
        names.forEach(name -> repositories
                .addObject()
                .put("name", name)
                .put("image", ImageReference.parse(name).repository())
                .put("registry", registry(name)));
        return json;
    }

    private ObjectNode row(ImageOrigin one) {
        String digest = one.reference().substring(one.reference().indexOf('@') + 1);
        ObjectNode row = Json.object()
                .put("reference", one.reference())
                .put("digest", digest)
                .put("at", one.at().toString())
                .put("commit", one.commit())
                .put("build", one.build())
                .put("gate", one.gate())
                .put("deployUrl", DeployLink.of(tenant, application, one.reference()));
        Optional<ImageAction> made = made(one);
        row.put("buildUrl", made.isPresent() ? Addresses.root() + "/" + one.url() : "");
        ArrayNode tags = row.putArray("tags");
        made.ifPresent(image -> {
            image.getTags().forEach(tags::add);
            row.put("size", image.getSize()).put("components", image.getComponents());
            boolean debug = image.getTags().stream().allMatch(tag -> tag.endsWith(DebugVariant.SUFFIX));
            row.put("debug", debug && !image.getTags().isEmpty());
        });
        return row;
    }

    /** What the build says of it, while it is there and the caller may see it. */
    private static Optional<ImageAction> made(ImageOrigin one) {
        try {
            Run<?, ?> run = Run.fromExternalizableId(one.build());
            return run == null
                    ? Optional.empty()
                    : run.getActions(ImageAction.class).stream()
                            .filter(image -> image.getReference().equals(one.reference()))
                            .findFirst();
        } catch (RuntimeException e) {
            // A job that was removed, or that the caller may only discover.
            return Optional.empty();
        }
    }

    private String registry(String name) {
        String host = ImageReference.parse(name).domain().orElse("");
        for (String id : tenant.getRegistries()) {
            ContainerRegistry registry = SheraConfiguration.get().registry(id);
            if (registry != null && RegistryLogin.address(registry).serves(host)) {
                return id;
            }
        }
        return "";
    }
}
