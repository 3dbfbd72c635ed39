package io.jenkins.plugins.shera.terminal.pages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.pages.PageTexts;
import io.jenkins.plugins.shera.platform.pages.QueryText;
import io.jenkins.plugins.shera.platform.pages.TabPage;
import io.jenkins.plugins.shera.platform.rest.RefusedRead;
import io.jenkins.plugins.shera.terminal.desk.Recordings;
import io.jenkins.plugins.shera.terminal.recording.CastFile;
import io.jenkins.plugins.shera.terminal.recording.CastSearch;
import io.jenkins.plugins.shera.terminal.recording.Facts;
import io.jenkins.plugins.shera.terminal.recording.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.GET;

/** What was done in the terminals of one application, to be watched again; who watches is written down. */
@ExportedBean
public final class RecordingsPage extends TabPage {
    private static final int MOST_LISTED = 500;
    private static final int PIECE = 1 << 20;
    private static final long SEARCHED = 32L << 20;
    private static final int SHORTEST_WORDS = 2;

    private final Tenant tenant;
    private final Application application;

    RecordingsPage(Tenant tenant, Application application) {
        super(application, "recordings");
        this.tenant = tenant;
        this.application = application;
    }

    @Override
    public String getDisplayName() {
        return Messages.RecordingsTab_title();
    }

    @Override
    public String getPlugin() {
        return "shera-terminal";
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

    /** Names of the environments whose terminals are recorded now. */
    @Exported
    public List<String> getDemanding() {
        return application.getEnvironments().stream()
                .filter(each -> Recordings.get().isDemanded(tenant.getId(), each))
                .map(each -> each.getName())
                .toList();
    }

    /** The newest of its recordings. */
    @Exported
    public List<RecordingView> getRecordings() throws IOException {
        Shelf shelf = Recordings.get().shelf();
        List<RecordingView> all = new ArrayList<>();
        for (Facts each : shelf.of(tenant.getId(), application.getName())) {
            if (all.size() < MOST_LISTED) {
                all.add(new RecordingView(each, shelf.bytes(each), isLive(each)));
            }
        }
        return all;
    }

    private static boolean isLive(Facts facts) {
        return facts.isOpen() && TerminalDesk.get().find(facts.id()) != null;
    }

    /** What {@code ?recording=} is: facts, {@code bytes} and {@code seconds} as they are now, {@code live}. */
    @GET
    public void doLook(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        Facts facts = facts(request);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        try (CastFile file = open(facts)) {
            json.put("id", facts.id())
                    .put("owner", facts.owner())
                    .put("environment", facts.target().environment())
                    .put("pod", facts.target().pod())
                    .put("container", facts.target().container())
                    .put("started", facts.started().toString())
                    .put("columns", facts.columns())
                    .put("rows", facts.rows())
                    .put("bytes", file.size())
                    .put("seconds", facts.isOpen() ? file.seconds() : facts.seconds())
                    .put("live", isLive(facts))
                    .put("how", new RecordingView(facts, 0, isLive(facts)).getHow())
                    .put("exitCode", facts.exitCode());
        }
        ArrayNode images = json.putArray("images");
        facts.images().forEach(images::add);
        Rooms.send(json, response);
    }

    /**
     * Whole lines of {@code ?recording=} from byte {@code from} on, about 1 MiB of them; the headers {@code X-SheRa-Next} and
     * {@code X-SheRa-Last} say where to go on and whether nothing more is there now.
     */
    @GET
    public void doPiece(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        Facts facts = facts(request);
        Recordings.get().watched(facts, false);
        try (CastFile file = open(facts)) {
            CastFile.Piece piece = file.piece(number(request, "from"), PIECE);
            plain(response);
            response.setHeader("X-SheRa-Next", String.valueOf(piece.next()));
            response.setHeader("X-SheRa-Last", String.valueOf(piece.last()));
            response.getOutputStream().write(piece.bytes());
        }
    }

    /** Where the moment {@code at} (seconds) of {@code ?recording=} is: {@code offset} of the next event, {@code draw} to begin from. */
    @GET
    public void doSeek(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        Facts facts = facts(request);
        String at = new QueryText(request).text("at");
        if (!at.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            throw refused("at");
        }
        try (CastFile file = open(facts)) {
            long[] found = file.seek(Double.parseDouble(at));
            Rooms.send(
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("offset", found[0])
                            .put("draw", found[1]),
                    response);
        }
    }

    /** Lines of {@code ?recording=} that have {@code text}, from byte {@code from} on: {@code hits} (at, line), {@code next}, {@code last}. */
    @GET
    public void doFind(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        Facts facts = facts(request);
        String words = new QueryText(request).text("text");
        if (words.length() < SHORTEST_WORDS) {
            throw refused("text");
        }
        Recordings.get().watched(facts, false);
        try (CastFile file = open(facts)) {
            CastSearch.Found found = CastSearch.find(file, words, number(request, "from"), SEARCHED);
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            ArrayNode hits = json.putArray("hits");
            found.hits().forEach(each -> hits.addObject().put("at", each.at()).put("line", each.line()));
            Rooms.send(json.put("next", found.next()).put("last", found.last()), response);
        }
    }

    /** All of {@code ?recording=} as a download, for asciinema and its like. */
    @GET
    public void doCast(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        Facts facts = facts(request);
        Recordings.get().watched(facts, true);
        Path file = Recordings.get().shelf().cast(facts);
        if (!Files.isReadable(file)) {
            throw unknown();
        }
        plain(response);
        response.setContentType("application/x-asciicast");
        response.setHeader(
                "Content-Disposition",
                "attachment; filename=\"" + application.getName() + "-" + facts.id() + ".cast\"");
        Files.copy(file, response.getOutputStream());
    }

    private static void plain(StaplerResponse2 response) {
        response.setContentType("text/plain;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
    }

    private Facts facts(StaplerRequest2 request) throws IOException {
        if (!TenantFolder.allows(tenant, SheraPermissions.REVIEW)) {
            throw unknown();
        }
        return Recordings.get()
                .shelf()
                .find(tenant.getId(), application.getName(), new QueryText(request).text("recording"))
                .orElseThrow(RecordingsPage::unknown);
    }

    private static CastFile open(Facts facts) throws IOException {
        try {
            return new CastFile(Recordings.get().shelf().cast(facts));
        } catch (NoSuchFileException e) {
            throw unknown();
        }
    }

    private static long number(StaplerRequest2 request, String name) {
        String text = new QueryText(request).text(name);
        if (!text.matches("[0-9]{0,18}")) {
            throw refused(name);
        }
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    private static RefusedRead refused(String where) {
        return new RefusedRead(
                Refusal.input(where, Messages.RecordingsPage_input(), Messages.RecordingsPage_input_next()));
    }

    private static RefusedRead unknown() {
        return new RefusedRead(Refusal.unknown(
                "recording", Messages.RecordingsPage_unknown(), Messages.RecordingsPage_unknown_next()));
    }
}
