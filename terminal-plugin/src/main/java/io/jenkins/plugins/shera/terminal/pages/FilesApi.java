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
import io.jenkins.plugins.shera.terminal.desk.Download;
import io.jenkins.plugins.shera.terminal.desk.Downloads;
import io.jenkins.plugins.shera.terminal.desk.FileDesk;
import io.jenkins.plugins.shera.terminal.desk.Uploads;
import io.jenkins.plugins.shera.terminal.files.FileException;
import io.jenkins.plugins.shera.terminal.files.FolderArchive;
import io.jenkins.plugins.shera.terminal.files.ListedFile;
import io.jenkins.plugins.shera.terminal.files.Listing;
import io.jenkins.plugins.shera.terminal.files.Passage;
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

    /** The container and the path in it that a call names. */
    private record Place(String environment, String pod, String container, String path) {
        static Place of(StaplerRequest2 request) {
            return new Place(
                    text(request, "environment"),
                    text(request, "pod"),
                    text(request, "container"),
                    text(request, "path"));
        }
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
            response.setHeader("X-SheRa-SHA256", hash);
            save(response, "application/octet-stream", last(text(request, "path")), spool);
        } finally {
            Files.delete(spool);
        }
    }

    /**
     * A folder with all below it as {@code tar.gz}, to be saved by the browser; the header {@code X-SheRa-Left-Out} says how many pipes and
     * devices are not in it.
     */
    @GET
    public void doArchive(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        Path spool = Files.createTempFile("shera-folder-", ".tar.gz");
        try {
            FolderArchive.Copied copied = read(request, (desk, from) -> {
                try (OutputStream out = Files.newOutputStream(spool)) {
                    return desk.readFolder(from, out);
                }
            });
            String name = last(text(request, "path").replaceAll("/+$", ""));
            response.setHeader("X-SheRa-Left-Out", Integer.toString(copied.left()));
            save(response, "application/gzip", (name.isEmpty() ? "files" : name) + ".tar.gz", spool);
        } finally {
            Files.delete(spool);
        }
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static void save(StaplerResponse2 response, String type, String name, Path spool) throws IOException {
        head(response, type, name, Files.size(spool));
        Files.copy(spool, response.getOutputStream());
    }

    private static void head(StaplerResponse2 response, String type, String name, long size) {
        String quoted = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        response.setContentType(type);
        response.setHeader("Content-Disposition", "attachment; filename*=UTF-8''" + quoted);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Length", Long.toString(size));
    }

    /**
     * Unpacks the body, a tar archive packed by gzip or not, into the folder at the path; answers how many {@code files} it held and
     * their {@code bytes}.
     */
    @RequirePOST
    public HttpResponse doUnpack(StaplerRequest2 request) {
        return write(request, "container.write").runRaw(body -> {
            Path spool = Files.createTempFile("shera-write-", ".in");
            try {
                spool(body, spool);
                return unpacked(request, spool);
            } finally {
                Files.delete(spool);
            }
        });
    }

    private ObjectNode written(StaplerRequest2 request, Path file) {
        String hash = work(request, (desk, path) -> desk.write(path, file, ""));
        return JsonAnswer.ok().put("sha256", hash);
    }

    private ObjectNode unpacked(StaplerRequest2 request, Path archive) {
        FolderArchive.Copied copied = work(request, (desk, path) -> desk.writeFolder(path, archive));
        return JsonAnswer.ok().put("files", copied.files()).put("bytes", copied.bytes());
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
     * Answers {@code sha256} when the file is in the container; with {@code unpack=true} it is an archive as of {@link #doUnpack}, and the
     * answer is as there.
     */
    @RequirePOST
    public HttpResponse doUpload(StaplerRequest2 request) {
        return write(request, "container.write").runRaw(body -> {
            boolean unpack = isUnpacked(request);
            ObjectNode answer = Uploads.get()
                    .piece(
                            text(request, "upload"),
                            target(request),
                            number(request, "offset"),
                            number(request, "total"),
                            body,
                            file -> unpack ? unpacked(request, file) : written(request, file));
            return answer == null ? JsonAnswer.ok() : answer;
        });
    }

    private static boolean isUnpacked(StaplerRequest2 request) {
        return text(request, "unpack").equals("true");
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

    /**
     * Begins to bring the file at the path here, or with {@code folder=true} the folder as {@code tar.gz}, under {@code download}, 32 hex digits
     * that the caller chose; no body.
     */
    @RequirePOST
    public HttpResponse doFetch(StaplerRequest2 request) {
        return write(request, "container.read").runRaw(body -> {
            Place at = Place.of(request);
            boolean folder = text(request, "folder").equals("true");
            Downloads.get()
                    .begin(
                            text(request, "download"),
                            target(request),
                            (file, passage) -> work(at, (desk, path) -> brought(desk, path, folder, file, passage)));
            return JsonAnswer.ok();
        });
    }

    private static ObjectNode brought(FileDesk desk, String path, boolean folder, Path file, Passage passage)
            throws IOException {
        ObjectNode told = JsonNodeFactory.instance.objectNode();
        try (OutputStream out = Files.newOutputStream(file)) {
            if (!folder) {
                return told.put("sha256", desk.read(path, passage.through(out), FileDesk.MOST_BYTES));
            }
            FolderArchive.Copied copied = desk.readFolder(path, out, passage);
            return told.put("files", copied.files()).put("left", copied.left());
        }
    }

    /** How far the caller's {@code download} is. */
    @GET
    public void doFetched(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        Rooms.send(download(request).json(), response);
    }

    /** What the caller's {@code download} brought, from the byte {@code offset} on. */
    @GET
    public void doPiece(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        Download download = download(request);
        long offset = number(request, "offset");
        try {
            long size = download.size();
            if (offset < 0 || offset > size) {
                throw Refusal.input("offset", Messages.FilesApi_offset(String.valueOf(size)), "");
            }
            head(response, "application/octet-stream", last(text(request, "path")), size - offset);
        } catch (Refusal e) {
            throw new RefusedRead(e);
        }
        download.send(offset, response.getOutputStream());
    }

    /** Stops the caller's {@code download}, and deletes what is here of it; no body. */
    @RequirePOST
    public HttpResponse doDrop(StaplerRequest2 request) {
        return write(request, "container.read").runRaw(body -> {
            Downloads.get().forget(text(request, "download"), target(request));
            return JsonAnswer.ok();
        });
    }

    private Download download(StaplerRequest2 request) {
        try {
            FileDesk.check(tenant.getId(), application.getName(), text(request, "environment"), text(request, "pod"));
            return Downloads.get().find(text(request, "download"), target(request));
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
                isUnpacked(request) ? "unpack" : "write",
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
        return work(Place.of(request), work);
    }

    private <T> T work(Place at, Work<T> work) {
        try (FileDesk desk =
                FileDesk.open(tenant.getId(), application.getName(), at.environment, at.pod, at.container)) {
            return work.with(desk, at.path);
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
