package io.jenkins.plugins.shera.terminal.pack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A container that answers as a test wants. It stands in for a real one where no real one would do it: a tar that lies, a find
 * that gives nonsense, a file that changes at the wrong moment.
 */
class PlayedContainer implements ContainerShell {
    String mounts = "1 0 0:1 / / rw - overlay overlay rw\n2 1 0:2 / /mnt/my\\040disk rw - ext4 x rw\n";
    byte[] listing = new byte[0];
    byte[] archive = new byte[0];
    int tarCode;
    String errors = "";
    boolean replaced;

    /** Puts one file into the listing, as stat and printf of a container would. */
    PlayedContainer lists(String path, String hexMode, long size, long changed) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(listing);
        out.write(("1\0" + changed + " " + hexMode + " 0 0 " + size + " " + changed + "\0" + path + "\0")
                .getBytes(StandardCharsets.UTF_8));
        listing = out.toByteArray();
        return this;
    }

    @Override
    public void confirm() throws IOException {
        if (replaced) {
            throw new PackException(Messages._PodOrigin_replaced("shop/pod/main"));
        }
    }

    @Override
    public Ended run(List<String> command, OutputStream output) throws IOException {
        switch (command.get(0)) {
            case "cat" -> output.write(mounts.getBytes(StandardCharsets.UTF_8));
            case "sh" -> output.write(listing);
            case "tar" -> {
                if (command.contains("--")) {
                    output.write(archive);
                    return new Ended(tarCode, errors);
                }
            }
            default -> throw new IOException("the test does not play " + command);
        }
        return new Ended(0, errors);
    }
}
