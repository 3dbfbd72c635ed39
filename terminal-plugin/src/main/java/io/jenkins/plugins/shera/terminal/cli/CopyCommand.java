package io.jenkins.plugins.shera.terminal.cli;

import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.terminal.desk.FileDesk;
import io.jenkins.plugins.shera.terminal.files.ContainerFiles;
import io.jenkins.plugins.shera.terminal.files.FolderArchive;
import io.jenkins.plugins.shera.terminal.files.ListedFile;
import io.jenkins.plugins.shera.terminal.files.Listing;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/**
 * {@code shera-cp TENANT APPLICATION ENVIRONMENT POD -read PATH | -write PATH | -readFolder PATH | -writeFolder PATH | -list PATH | -delete
 * PATH}: a file, or a folder as an archive, goes to standard output or comes from standard input.
 */
@Extension
public class CopyCommand extends CLICommand {

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

    @Option(name = "-read", metaVar = "PATH", usage = "write this file to standard output")
    public String read = "";

    @Option(name = "-write", metaVar = "PATH", usage = "put standard input there, whole or not at all")
    public String write = "";

    @Option(
            name = "-readFolder",
            metaVar = "PATH",
            usage = "write this folder with all below it to standard output, as tar.gz")
    public String readFolder = "";

    @Option(
            name = "-writeFolder",
            metaVar = "PATH",
            usage = "unpack standard input, a tar or tar.gz, into this folder, which must be there")
    public String writeFolder = "";

    @Option(name = "-list", metaVar = "PATH", usage = "list this folder")
    public String list = "";

    @Option(name = "-delete", metaVar = "PATH", usage = "delete this file, link or empty folder")
    public String delete = "";

    @Option(
            name = "-expect",
            metaVar = "SHA256",
            usage = "write only if the file still has this SHA-256, in hexadecimal digits")
    public String expect = "";

    @Override
    public String getName() {
        return "shera-cp";
    }

    @Override
    public String getShortDescription() {
        return Messages.CopyCommand_description();
    }

    @Override
    protected int run() {
        try {
            if (Stream.of(read, write, readFolder, writeFolder, list, delete)
                            .filter(each -> !each.isEmpty())
                            .count()
                    != 1) {
                throw Refusal.input("shera-cp", Messages.CopyCommand_one(), Messages.CopyCommand_one_next());
            }
            try (FileDesk desk = FileDesk.open(tenant, application, environment, pod, container)) {
                act(desk);
            }
            return 0;
        } catch (Refusal | IOException e) {
            stderr.println(e.getMessage());
            return 1;
        }
    }

    private void act(FileDesk desk) throws IOException {
        if (!read.isEmpty()) {
            desk.read(read, stdout, FileDesk.MOST_BYTES);
            stdout.flush();
        } else if (!readFolder.isEmpty()) {
            FolderArchive.Copied copied = desk.readFolder(readFolder, stdout);
            stdout.flush();
            if (copied.left() > 0) {
                stderr.println(Messages.CopyCommand_left(copied.left()));
            }
        } else if (!write.isEmpty() || !writeFolder.isEmpty()) {
            put(desk);
        } else if (!delete.isEmpty()) {
            desk.delete(delete);
        } else {
            show(desk.list(list));
        }
    }

    /** All of the input is here before the container hears of it, so that a connection that breaks changes nothing. */
    private void put(FileDesk desk) throws IOException {
        Path spool = Files.createTempFile("shera-cp-", ".in");
        try {
            try (OutputStream out = Files.newOutputStream(spool)) {
                copy(stdin, out);
            }
            if (write.isEmpty()) {
                stdout.println(Messages.CopyCommand_unpacked(
                        desk.writeFolder(writeFolder, spool).files(), writeFolder));
            } else {
                stdout.println(desk.write(write, spool, expect));
            }
        } finally {
            Files.delete(spool);
        }
    }

    private void copy(InputStream in, OutputStream out) throws IOException {
        byte[] piece = new byte[64 * 1024];
        long count = 0;
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            count += read;
            if (count > FileDesk.MOST_BYTES) {
                throw Refusal.input(
                        write.isEmpty() ? "-writeFolder" : "-write",
                        Messages.CopyCommand_large(String.valueOf(FileDesk.MOST_BYTES)),
                        Messages.CopyCommand_large_next());
            }
            out.write(piece, 0, read);
        }
    }

    private void show(Listing listing) {
        for (ListedFile file : listing.files()) {
            stdout.printf(
                    "%-7s %04o %12d %s %s%n",
                    file.kind(), file.mode(), file.size(), file.written(), ContainerFiles.shown(file.name()));
        }
        if (!listing.whole()) {
            stderr.println(Messages.CopyCommand_more());
        }
    }
}
