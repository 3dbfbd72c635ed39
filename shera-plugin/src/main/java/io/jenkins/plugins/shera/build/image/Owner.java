package io.jenkins.plugins.shera.build.image;

import io.jenkins.plugins.shera.build.dockerfile.DockerfileException;
import io.jenkins.plugins.shera.build.dockerfile.Instruction;
import io.jenkins.plugins.shera.oci.image.Quoted;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** To whom copied files belong; names are looked up in the image's own /etc/passwd and /etc/group. */
final class Owner {
    private static final int LONGEST_FILE = 1024 * 1024;

    private final boolean given;
    private final long user;
    private final long group;

    private Owner(boolean given, long user, long group) {
        this.given = given;
        this.user = user;
        this.group = group;
    }

    static Owner of(Instruction instruction, String chown, StageFiles files) throws IOException {
        if (chown.isEmpty()) {
            return new Owner(false, 0, 0);
        }
        String[] parts = chown.split(":", 2);
        long user;
        long group;
        if (isNumber(parts[0])) {
            user = Long.parseLong(parts[0]);
            group = user;
        } else {
            String[] line = line(instruction, files, "etc/passwd", parts[0]);
            user = Long.parseLong(line[2]);
            group = Long.parseLong(line[3]);
        }
        if (parts.length == 2) {
            group = isNumber(parts[1])
                    ? Long.parseLong(parts[1])
                    : Long.parseLong(line(instruction, files, "etc/group", parts[1])[2]);
        }
        return new Owner(true, user, group);
    }

    private static boolean isNumber(String text) {
        return text.matches("[0-9]{1,10}");
    }

    private static String[] line(Instruction instruction, StageFiles files, String file, String name)
            throws IOException {
        String path = files.tree().resolve(file);
        if (files.tree().find(path).isPresent()) {
            BlobSource content = files.contents(Set.of(path)).get(path);
            try (InputStream in = content.open()) {
                String text = new String(in.readNBytes(LONGEST_FILE), StandardCharsets.UTF_8);
                for (String line : text.lines().toList()) {
                    String[] fields = line.split(":");
                    if (fields.length > 3 && fields[0].equals(name) && isNumber(fields[2])) {
                        return fields;
                    }
                    if (fields.length == 3 && file.endsWith("group") && fields[0].equals(name) && isNumber(fields[2])) {
                        return fields;
                    }
                }
            }
        }
        throw unknown(instruction, file, name);
    }

    private static DockerfileException unknown(Instruction instruction, String file, String name) {
        return instruction.failure(
                "/" + file + " of the image knows no " + Quoted.of(name) + ": use a number in --chown.");
    }

    boolean isGiven() {
        return given;
    }

    TarEntry of(TarEntry entry) {
        return entry.ownedBy(user, group);
    }

    long user() {
        return user;
    }

    long group() {
        return group;
    }
}
