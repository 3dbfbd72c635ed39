package io.jenkins.plugins.shera.deploy.manifest;

import java.io.Serializable;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One volume of an application: the claim it is kept in, and where its pods see it. Checked when it is made. Either it describes a claim
 * of the application's own, which is made when it is not there and outlives every deployment, or it names one that is there already.
 */
public final class VolumeSpec implements Serializable {

    private static final long serialVersionUID = 1;

    private static final Pattern NAME = Pattern.compile("(?!shera-)[a-z]([a-z0-9-]{0,28}[a-z0-9])?");
    private static final Pattern OBJECT = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
    private static final Pattern SIZE = Pattern.compile("[1-9][0-9]{0,8}(Ki|Mi|Gi|Ti|k|M|G|T)");
    private static final Pattern SUB_PATH =
            Pattern.compile("((?!\\.{1,2}(/|$))[A-Za-z0-9._@+-]{1,100}(/(?!$)|$)){1,20}");
    private static final String MANY = "ReadWriteMany";
    private static final String READ = "ReadOnlyMany";
    private static final Set<String> MODES = Set.of("ReadWriteOnce", "ReadWriteOncePod", MANY, READ);
    private static final int HIGHEST_GROUP = 65535;

    private final String name;
    private final String mountPath;
    private final String subPath;
    private final boolean readOnly;
    private final String claim;
    private final String storageClass;
    private final String size;
    private final String accessMode;
    private final boolean keep;
    private final int group;

    private VolumeSpec(Draft draft) {
        name = checked("name", draft.name, NAME, "lower case letters, digits and '-', at most 30, not 'shera-...'");
        mountPath = checked(
                "mountPath",
                draft.mountPath,
                ApplicationSpec.PATH,
                "an absolute path of a folder, without '..' and not in /proc, /sys or /dev");
        subPath = optional(
                "subPath", draft.subPath, SUB_PATH, "a folder inside the volume, without '/' in front or '..'");
        claim = optional("claim", draft.claim, OBJECT, "the name of a PersistentVolumeClaim");
        storageClass = optional("storageClass", draft.storageClass, OBJECT, "the name of a StorageClass");
        size = optional("size", draft.size, SIZE, "a whole number with its unit such as 10Gi");
        accessMode = draft.accessMode.isEmpty() ? "ReadWriteOnce" : draft.accessMode;
        if (!MODES.contains(accessMode)) {
            throw ApplicationSpec.refused(
                    "accessMode of the volume " + name,
                    accessMode,
                    "one of " + MODES.stream().sorted().toList());
        }
        if (claim.isEmpty() == size.isEmpty()) {
            throw ApplicationSpec.refused(
                    "size of the volume " + name,
                    size,
                    "either size (a claim of its own) or claim (one that is there already)");
        }
        if (!claim.isEmpty() && !storageClass.isEmpty()) {
            throw ApplicationSpec.refused(
                    "storageClass of the volume " + name, storageClass, "none where claim names one that has its own");
        }
        group = draft.group;
        if (group < 0 || group > HIGHEST_GROUP) {
            throw ApplicationSpec.refused(
                    "group of the volume " + name, String.valueOf(group), "a number from 1 to " + HIGHEST_GROUP);
        }
        readOnly = draft.readOnly || accessMode.equals(READ);
        keep = draft.keep;
    }

    private static String optional(String what, String value, Pattern grammar, String wanted) {
        return value == null || value.isEmpty() ? "" : checked(what, value, grammar, wanted);
    }

    private static String checked(String what, String value, Pattern grammar, String wanted) {
        return ApplicationSpec.checked(what + " of a volume", value, grammar, wanted);
    }

    /** Starts a description; the path is where pods see it. */
    public static Draft of(String name, String mountPath) {
        return new Draft(name, mountPath);
    }

    /** Its name within the application. */
    public String name() {
        return name;
    }

    /** Absolute path in the container. */
    public String mountPath() {
        return mountPath;
    }

    /** Folder of the volume that is mounted, empty for all of it. */
    public String subPath() {
        return subPath;
    }

    /** Whether pods may not write to it. */
    public boolean readOnly() {
        return readOnly;
    }

    /** Whether the claim was there before and is not ours to make. */
    public boolean isForeignClaim() {
        return !claim.isEmpty();
    }

    /** Name of its PersistentVolumeClaim for this application. */
    public String claim(String application) {
        return isForeignClaim() ? claim : application + "-" + name;
    }

    /** Name of the StorageClass, empty for the cluster's default. */
    public String storageClass() {
        return storageClass;
    }

    /** As Kubernetes writes it; empty where the claim was there before. */
    public String size() {
        return size;
    }

    /** One of Kubernetes' access modes. */
    public String accessMode() {
        return accessMode;
    }

    /** Whether the claim stays when the application goes. */
    public boolean keep() {
        return keep;
    }

    /** Number of the group that may write to it, 0 to leave it as it is. */
    public int group() {
        return group;
    }

    /** Whether a second pod beside the first would be a second writer of what only one may write. */
    public boolean isExclusive() {
        return !readOnly && !accessMode.equals(MANY);
    }

    /** What is known so far. */
    public static final class Draft {
        private final String name;
        private final String mountPath;
        private String subPath = "";
        private boolean readOnly;
        private String claim = "";
        private String storageClass = "";
        private String size = "";
        private String accessMode = "";
        private boolean keep = true;
        private int group;

        private Draft(String name, String mountPath) {
            this.name = name;
            this.mountPath = mountPath;
        }

        /** Folder inside the volume, and whether pods only read. */
        public Draft mounted(String folder, boolean onlyRead) {
            subPath = text(folder);
            readOnly = onlyRead;
            return this;
        }

        /** A claim of the application's own; the class may be empty for the cluster's default. */
        public Draft claimed(String wantedSize, String wantedClass) {
            size = text(wantedSize);
            storageClass = text(wantedClass);
            return this;
        }

        /** A claim that is there already. */
        public Draft claim(String existing) {
            claim = text(existing);
            return this;
        }

        /** How many may write to it; empty for ReadWriteOnce. */
        public Draft accessMode(String mode) {
            accessMode = text(mode);
            return this;
        }

        /** Whether the claim stays when the application goes, and the group that may write to it (0: as it is). */
        public Draft kept(boolean stays, int writers) {
            keep = stays;
            group = writers;
            return this;
        }

        private static String text(String given) {
            return given == null ? "" : given;
        }

        /**
         * The checked description.
         *
         * @throws IllegalArgumentException naming the parameter, its value and what to give instead
         */
        public VolumeSpec done() {
            return new VolumeSpec(this);
        }
    }
}
