package hudson.model;

import hudson.Util;
import hudson.XmlFile;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.model.Jenkins;

/** Where a thing was made, and which builds had to do with it. */
public class Fingerprint implements ModelObject, Saveable {
    private final Date timestamp;
    private final String md5sum;
    private final String fileName;
    private final String original;
    private final TreeMap<String, ArrayList<Integer>> usages = new TreeMap<>();

    public Fingerprint(Run build, String fileName, byte[] md5sum) throws IOException {
        this.timestamp = new Date();
        this.md5sum = Util.toHexString(md5sum);
        this.fileName = fileName;
        this.original = build == null ? null : build.getExternalizableId();
        save();
    }

    /** The stored one of these digits, or null. */
    public static Fingerprint load(String id) throws IOException {
        XmlFile file = file(id);
        return file.exists() ? (Fingerprint) file.read() : null;
    }

    public String getFileName() {
        return fileName;
    }

    @Override
    public String getDisplayName() {
        return fileName;
    }

    public String getHashString() {
        return md5sum;
    }

    public Date getTimestamp() {
        return timestamp;
    }

    /** Notes that the build had to do with it. */
    public synchronized void addFor(Run b) throws IOException {
        add(b.getParent().getFullName(), b.getNumber());
    }

    public synchronized void add(String jobFullName, int n) throws IOException {
        List<Integer> numbers = usages.computeIfAbsent(jobFullName, name -> new ArrayList<>());
        if (!numbers.contains(n)) {
            numbers.add(n);
            save();
        }
    }

    @Override
    public synchronized void save() throws IOException {
        file(md5sum).write(this);
    }

    private static XmlFile file(String id) {
        File root = new File(Jenkins.get().getRootDir(), "fingerprints");
        return new XmlFile(
                new File(root, id.substring(0, 2) + "/" + id.substring(2, 4) + "/" + id.substring(4) + ".xml"));
    }

    @Override
    public String toString() {
        return "Fingerprint[original=" + original + ",hash=" + md5sum + ",fileName=" + fileName + ",usages="
                + Map.copyOf(usages) + "]";
    }
}
