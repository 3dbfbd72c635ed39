package hudson.model;

import hudson.Util;
import hudson.util.KeyedDataStorage;
import java.io.IOException;
import java.util.Locale;

/** All fingerprints, by their 32 hexadecimal digits. */
public final class FingerprintMap extends KeyedDataStorage<Fingerprint, FingerprintMap.FingerprintParams> {

    /** The fingerprint of what the build made, or of what is known already. */
    public Fingerprint getOrCreate(Run build, String fileName, String md5sum) throws IOException {
        return getOrCreate(md5sum, new FingerprintParams(build, fileName));
    }

    @Override
    protected synchronized Fingerprint get(String md5sum, boolean createIfNotExist, FingerprintParams createParams)
            throws IOException {
        if (md5sum.length() != 32) {
            return null;
        }
        return super.get(md5sum.toLowerCase(Locale.ENGLISH), createIfNotExist, createParams);
    }

    @Override
    protected Fingerprint create(String md5sum, FingerprintParams createParams) throws IOException {
        return new Fingerprint(createParams.build, createParams.fileName, Util.fromHexString(md5sum));
    }

    @Override
    protected Fingerprint load(String key) throws IOException {
        return Fingerprint.load(key);
    }

    static class FingerprintParams {
        final Run build;
        final String fileName;

        FingerprintParams(Run build, String fileName) {
            this.build = build;
            this.fileName = fileName;
        }
    }
}
