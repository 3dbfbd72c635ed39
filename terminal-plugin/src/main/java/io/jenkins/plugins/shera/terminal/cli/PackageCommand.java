package io.jenkins.plugins.shera.terminal.cli;

import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.terminal.desk.PackageDesk;
import io.jenkins.plugins.shera.terminal.pack.Changes;
import io.jenkins.plugins.shera.terminal.pack.Choice;
import io.jenkins.plugins.shera.terminal.pack.Hand;
import io.jenkins.plugins.shera.terminal.pack.HandPatch;
import io.jenkins.plugins.shera.terminal.pack.PackOrder;
import io.jenkins.plugins.shera.terminal.pack.Packed;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/**
 * {@code shera-package TENANT APPLICATION ENVIRONMENT POD [-tag TAG]}: without a tag, what was changed in the container; with
 * one, the image of it.
 */
@Extension
public class PackageCommand extends CLICommand {

    @Argument(index = 0, metaVar = "TENANT", required = true, usage = "id of the tenant")
    public String tenant = "";

    @Argument(index = 1, metaVar = "APPLICATION", required = true, usage = "name of the application")
    public String application = "";

    @Argument(index = 2, metaVar = "ENVIRONMENT", required = true, usage = "name of the environment")
    public String environment = "";

    @Argument(index = 3, metaVar = "POD", required = true, usage = "name of the pod")
    public String pod = "";

    @Option(name = "-container", metaVar = "NAME", usage = "container, where the pod has more than one")
    public String container = "";

    @Option(name = "-tag", metaVar = "TAG", usage = "make an image of this tag, which must be new")
    public String tag = "";

    @Option(name = "-set", metaVar = "SET", usage = "everything or config; everything unless given")
    public String set = "";

    @Option(name = "-path", metaVar = "PATH", usage = "a changed file or folder to take; may be given often")
    public List<String> paths = new ArrayList<>();

    @Option(name = "-env", metaVar = "NAME=VALUE", usage = "a variable of the image; may be given often")
    public List<String> env = new ArrayList<>();

    @Option(name = "-entrypoint", metaVar = "WORD", usage = "a word of a new entrypoint; given once for each word")
    public List<String> entrypoint = new ArrayList<>();

    @Option(name = "-command", metaVar = "WORD", usage = "a word of a new command; given once for each word")
    public List<String> command = new ArrayList<>();

    @Option(name = "-mask", usage = "mask secrets, and leave histories and key files out, instead of refusing")
    public boolean mask;

    @Option(name = "-dockerfile", usage = "print a draft of a Dockerfile that does the same")
    public boolean dockerfile;

    @Option(name = "-patch", usage = "print the text files that the image changes as a patch, with stars over secrets")
    public boolean patch;

    @Override
    public String getName() {
        return "shera-package";
    }

    @Override
    public String getShortDescription() {
        return Messages.PackageCommand_description();
    }

    @Override
    protected int run() {
        try (PackageDesk desk = PackageDesk.open(tenant, application, environment, pod, container, stderr::println)) {
            Changes changes = tag.isEmpty() ? desk.changes() : desk.changesToPack();
            if (tag.isEmpty()) {
                show(changes);
                return 0;
            }
            Packed packed = desk.pack(choice(changes), order(desk));
            stdout.println(packed.reference());
            packed.masked().forEach(finding -> stderr.println(Messages.PackageCommand_masked(finding)));
            packed.remarks().forEach(stderr::println);
            if (dockerfile) {
                stdout.print(packed.dockerfile());
            }
            if (patch) {
                HandPatch changed = desk.patch(packed);
                stdout.print(changed.text());
                changed.binary().forEach(path -> stderr.println(Messages.PackageCommand_binary(shown(path))));
                changed.left().forEach(path -> stderr.println(Messages.PackageCommand_left(shown(path))));
            }
            return 0;
        } catch (Refusal | IOException e) {
            stderr.println(e.getMessage());
            return 1;
        }
    }

    /** A letter as {@code docker diff} has it, with U for what cannot be read and S for sockets, pipes and devices. */
    private void show(Changes changes) {
        changes.changed().keySet().forEach(name -> line('C', name));
        changes.deleted().forEach(name -> line('D', name));
        changes.unreadable().forEach(name -> line('U', name));
        changes.others().forEach(name -> line('S', name));
    }

    /** A name may hold anything; what could move the cursor is not printed. */
    private void line(char letter, String name) {
        stdout.println(letter + " /" + shown(name));
    }

    private static String shown(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }

    private Choice choice(Changes changes) throws IOException {
        if (!paths.isEmpty() && !set.isEmpty()) {
            throw Refusal.input("-set", Messages.PackageCommand_both(), Messages.PackageCommand_both_next());
        }
        if (!paths.isEmpty()) {
            return Choice.paths(changes, paths);
        }
        return switch (set) {
            case "", "everything" -> Choice.everything(changes);
            case "config" -> Choice.configOnly(changes);
            default -> throw Refusal.input("-set", Messages.PackageCommand_set(), Messages.PackageCommand_set_next());
        };
    }

    private PackOrder order(PackageDesk desk) throws IOException {
        String user = Jenkins.getAuthentication2().getName();
        PackOrder order = new PackOrder(tag, new Hand(desk.origin().where(), user, Instant.now())).maskSecrets(mask);
        order.entrypoint(entrypoint.isEmpty() ? null : entrypoint);
        order.command(command.isEmpty() ? null : command);
        for (String each : env) {
            int equals = each.indexOf('=');
            if (equals < 1) {
                throw Refusal.input("-env", Messages.PackageCommand_env(), Messages.PackageCommand_env_next());
            }
            order.env(each.substring(0, equals), each.substring(equals + 1));
        }
        return order;
    }
}
