package io.jenkins.plugins.shera.deploy.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageClassFactsTest {

    @ParameterizedTest
    @CsvSource({
        "rbd.csi.ceph.com, Ceph RBD, false",
        "rook-ceph.rbd.csi.ceph.com, Ceph RBD, false",
        "rook-ceph.cephfs.csi.ceph.com, CephFS, true",
        "evilrbd.csi.ceph.com, evilrbd.csi.ceph.com, true",
        "example.com/other, example.com/other, true"
    })
    void cephIsKnownByItsDriverAndTheUnknownMayTry(String provisioner, String label, boolean many) throws Exception {
        StorageClassFacts facts = StorageClassFacts.of(
                new ObjectMapper().readTree("{\"metadata\":{\"name\":\"c\"},\"provisioner\":\"" + provisioner + "\"}"));
        assertThat(facts.label()).isEqualTo(label);
        assertThat(facts.mayServe("ReadWriteMany")).isEqualTo(many);
        assertThat(facts.mayServe("ReadWriteOnce")).isTrue();
        assertThat(facts.expands()).isFalse();
    }
}
