package io.jenkins.plugins.shera.build.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.build.records.ImageLook;
import io.jenkins.plugins.shera.build.records.ImageOrigin;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.pages.PageTexts;
import io.jenkins.plugins.shera.platform.pages.TabPage;
import io.jenkins.plugins.shera.platform.rest.RefusedRead;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.GET;

/** The images of one application: what Jenkins remembers of each, and what its registry says now. */
@ExportedBean
public final class ImagesPage extends TabPage {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Tenant tenant;
    private final Application application;

    ImagesPage(Tenant tenant, Application application) {
        super(application, ImagesTab.ID);
        this.tenant = tenant;
        this.application = application;
    }

    @Override
    public String getDisplayName() {
        return Messages.images();
    }

    @Override
    public String getPlugin() {
        return "shera";
    }

    @Override
    public String getStylesheet() {
        return "shera.css";
    }

    @Override
    public String getTexts() {
        return PageTexts.json(Messages.class);
    }

    /** Name of the application. */
    @Exported
    public String getApplication() {
        return application.getName();
    }

    /** The images that were built here, the newest first, 20 from {@code ?from=} on. */
    @GET
    public void doList(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        send(new ApplicationImages(tenant, application).list(from(request)), response);
    }

    /** What the registry says of these, and at the beginning of the list of images that were not built here. */
    @GET
    public void doRegistry(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        ApplicationImages images = new ApplicationImages(tenant, application);
        int from = from(request);
        List<ImageOrigin> all = images.all();
        List<ImageOrigin> slice = ApplicationImages.slice(all, from);
        try {
            send(
                    Schedules.get().within(LIMIT, "registry", () -> {
                        try {
                            return ImageLook.of(tenant.getId(), slice, all, from == 0);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }),
                    response);
        } catch (Refusal e) {
            throw new RefusedRead(e);
        } catch (UncheckedIOException e) {
            throw SbomAnswer.unanswered(e);
        }
    }

    /** The SBOM of one of the images, by {@code ?digest=}. */
    @GET
    public void doSbom(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        String digest = SbomAnswer.digest(request);
        Optional<String> reference = new ApplicationImages(tenant, application)
                .all().stream()
                        .map(ImageOrigin::reference)
                        .filter(one -> one.endsWith("@" + digest))
                        .findFirst();
        SbomAnswer.send(tenant.getId(), reference, request, response);
    }

    private static int from(StaplerRequest2 request) {
        String from = request.getParameter("from");
        return from != null && from.matches("[0-9]{1,7}") ? Integer.parseInt(from) : 0;
    }

    private static void send(ObjectNode json, StaplerResponse2 response) throws IOException {
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(Json.write(json));
    }
}
