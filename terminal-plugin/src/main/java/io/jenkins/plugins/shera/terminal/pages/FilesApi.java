package io.jenkins.plugins.shera.terminal.pages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.RefusedRead;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import io.jenkins.plugins.shera.terminal.desk.FileDesk;
import io.jenkins.plugins.shera.terminal.desk.Uploads;
import io.jenkins.plugins.shera.terminal.files.FileException;
import io.jenkins.plugins.shera.terminal.files.ListedFile;
import io.jenkins.plugins.shera.terminal.files.Listing;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/**
 * Files in the containers of one application, at {@code terminal/files}. Every call names {@code environment}, {@code pod},
 * {@code container} and {@code path} in its query.
 */
public final class FilesApi {

    private final Tenant tenant;
    private final Application application;

    FilesApi(Tenant tenant, Application application) {
        this.tenant = tenant;
        this.application = application;
    }

    /** What a call does with the open container. */
    private interface Work<T> {
        T with(FileDesk desk, String path) throws IOException;
    }

    /** What is in a folder. */
    @GET
    public void doList(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        Listing listing = read(request, FileDesk::list);
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("whole", listing.whole());
        ArrayNode files = body.putArray("files");
        for (ListedFile file : listing.files()) {
            files.addObject()
                    .put("name", file.name())
                    .put("kind", file.kind())
                    .put("mode", String.format("%04o", file.mode()))
                    .put("size", file.size())
                    .put("written", file.written().toString())
                    .put("reachable", file.reachable());
        }
        Rooms.send(body, response);
    }

    /** A file as it is, to be saved by the browser, never shown by it; all of it is here before the answer begins. */
    @GET
    public void doRead(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        Path spool = Files.createTempFile("shera-read-", ".out");
        try {
            String hash = read(request, (desk, from) -> {
                try (OutputStream out = Files.newOutputStream(spool)) {
                    return desk.read(from, out, FileDesk.MOST_BYTES);
                }
            });
            String path = text(request, "path");
            String name = URLEncoder.encode(path.substring(path.lastIndexOf('/') + 1), StandardCharsets.UTF_8)
                    .replace("+", "%20");
            response.setContentType("application/octet-stream");
            response.setHeader("Content-Disposition", "attachment; filename*=UTF-8''" + name);
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-SheRa-SHA256", hash);
            response.setHeader("Content-Length", Long.toString(Files.size(spool)));
            Files.copy(spool, response.getOutputStream());
        } finally {
            Files.delete(spool);
        }
    }

    /**
     * Puts the body at the path, whole or not at all; answers its {@code sha256}. With {@code expect} only if the file there still
     * has that SHA-256.
     */
    @RequirePOST
    public HttpResponse doWrite(StaplerRequest2 request) {
        return write(request, "container.write").runRaw(body -> {
            Path spool = Files.createTempFile("shera-write-", ".in");
            try {
                spool(body, spool);
                String expect = text(request, "expect");
                String hash = work(request, (desk, path) -> desk.write(path, spool, expect));
                return JsonAnswer.ok().put("sha256", hash);
            } finally {
                Files.delete(spool);
            }
        });
    }

    /**
     * The next piece of a file, 8 MiB at most: {@code upload} (32 hex digits that the sender chose), {@code offset}, {@code total}.
     * Answers {@code sha256} when the file is in the container.
     */
    @RequirePOST
    public HttpResponse doUpload(StaplerRequest2 request) {
        return write(request, "container.write").runRaw(body -> {
            String hash = Uploads.get()
                    .piece(
                            text(request, "upload"),
                            target(request),
                            number(request, "offset"),
                            number(request, "total"),
                            body,
                            file -> work(request, (desk, path) -> desk.write(path, file, "")));
            return hash == null ? JsonAnswer.ok() : JsonAnswer.ok().put("sha256", hash);
        });
    }

    /** How much of the caller's {@code upload} is here. */
    @GET
    public void doReceived(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        try {
            long received = Uploads.get().received(text(request, "upload"), target(request));
            Rooms.send(JsonNodeFactory.instance.objectNode().put("received", received), response);
        } catch (Refusal e) {
            throw new RefusedRead(e);
        }
    }

    private String target(StaplerRequest2 request) {
        return String.join(
                "\n",
                tenant.getId(),
                application.getName(),
                text(request, "environment"),
                text(request, "pod"),
                text(request, "container"),
                text(request, "path"));
    }

    private static long number(StaplerRequest2 request, String name) {
        String value = text(request, name);
        return value.matches("[0-9]{1,15}") ? Long.parseLong(value) : -1;
    }

    /** Removes a file, a link or an empty folder; no body. */
    @RequirePOST
    public HttpResponse doDelete(StaplerRequest2 request) {
        return write(request, "container.delete").runRaw(body -> {
            work(request, (desk, path) -> {
                desk.delete(path);
                return path;
            });
            return JsonAnswer.ok();
        });
    }

    private static void spool(InputStream body, Path to) throws IOException {
        byte[] piece = new byte[64 * 1024];
        long count = 0;
        try (OutputStream out = Files.newOutputStream(to)) {
            for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
                count += read;
                if (count > FileDesk.MOST_BYTES) {
                    throw new Refusal(
                            Refusal.Kind.TOO_LARGE,
                            Messages.FilesApi_refused(),
                            "",
                            Messages.FilesApi_large(String.valueOf(FileDesk.MOST_BYTES)),
                            Messages.FilesApi_large_next());
                }
                out.write(piece, 0, read);
            }
        }
    }

    private <T> T read(StaplerRequest2 request, Work<T> work) {
        try {
            return work(request, work);
        } catch (Refusal e) {
            throw new RefusedRead(e);
        }
    }

    private <T> T work(StaplerRequest2 request, Work<T> work) {
        String path = text(request, "path");
        try (FileDesk desk = FileDesk.open(
                tenant.getId(),
                application.getName(),
                text(request, "environment"),
                text(request, "pod"),
                text(request, "container"))) {
            return work.with(desk, path);
        } catch (FileException e) {
            throw new Refusal(kind(e), Messages.FilesApi_refused(), "", e.getMessage(), "");
        } catch (IOException e) {
            throw new Refusal(
                    Refusal.Kind.UNAVAILABLE,
                    Messages.FilesApi_refused(),
                    "",
                    e.getMessage(),
                    Messages.FilesApi_again());
        }
    }

    private static Refusal.Kind kind(FileException problem) {
        return switch (problem.kind()) {
            case INPUT -> Refusal.Kind.INPUT;
            case MISSING -> Refusal.Kind.UNKNOWN;
            case CONFLICT -> Refusal.Kind.CONFLICT;
            case FAILED, NO_TOOLS -> Refusal.Kind.UNAVAILABLE;
        };
    }

    private static String text(StaplerRequest2 request, String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value;
    }

    private WebWrite write(StaplerRequest2 request, String what) {
        return WebWrite.of(request, what, tenant.getId() + "/" + application.getName())
                .tenant(tenant.getId())
                .permitted(SheraPermissions.TERMINAL, permission -> TenantFolder.allows(tenant, permission));
    }
}
