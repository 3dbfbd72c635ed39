package io.jenkins.plugins.shera.deploy.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.kube.manifest.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumeSpecTest {

    private static JsonNode pod(VolumeSpec... volumes) {
        List<Manifest> all = ApplicationManifests.of(
                ApplicationSpec.of("shop", "r/shop:1").volumes(List.of(volumes)).done(),
                Confidential.NONE,
                new Origin("retail", "shop", "dev", "1", "b"),
                "n",
                60);
        return all.get(all.size() - 1).content().at("/spec/template/spec");
    }

    @Test
    void mountsWhatItIsTold() {
        JsonNode pod = pod(
                VolumeSpec.of("data", "/var/data")
                        .claimed("1Gi", "ceph-rbd")
                        .kept(true, 1000)
                        .mounted("a/b", false)
                        .done(),
                VolumeSpec.of("old", "/old").claim("restored").mounted("", true).done());
        assertThat(pod.at("/volumes/0/persistentVolumeClaim").toString()).isEqualTo("{\"claimName\":\"shop-data\"}");
        assertThat(pod.at("/volumes/1/persistentVolumeClaim").toString())
                .isEqualTo("{\"claimName\":\"restored\",\"readOnly\":true}");
        assertThat(pod.at("/containers/0/volumeMounts").toString())
                .isEqualTo("[{\"name\":\"data\",\"mountPath\":\"/var/data\",\"subPath\":\"a/b\"},"
                        + "{\"name\":\"old\",\"mountPath\":\"/old\",\"readOnly\":true}]");
        assertThat(pod.at("/securityContext/fsGroup").asInt()).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "data, /data, '', '', '', size",
                "data, /data, 1Gi, '', some, size",
                "data, /data, 1Gi, Twice, '', accessMode",
                "data, /data, 1, '', '', size",
                "data, /data, -1Gi, '', '', size",
                "data, /a/../b, 1Gi, '', '', mountPath",
                "data, /proc/1, 1Gi, '', '', mountPath",
                "data, relative, 1Gi, '', '', mountPath",
                "shera-config, /data, 1Gi, '', '', name",
                "Data, /data, 1Gi, '', '', name",
                "data, /data, '', '', ../x, claim"
            })
    void saysWhichPartIsWrong(String name, String path, String size, String mode, String claim, String part) {
        assertThatThrownBy(() -> VolumeSpec.of(name, path)
                        .claimed(size, "")
                        .accessMode(mode)
                        .claim(claim)
                        .done())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be the parameter " + part);
    }

    @Test
    void everyPathAndNameOnceAndOneGroup() {
        VolumeSpec data =
                VolumeSpec.of("data", "/data").claimed("1Gi", "").kept(true, 5).done();
        for (VolumeSpec second : List.of(
                data,
                VolumeSpec.of("other", "/data").claimed("1Gi", "").done(),
                VolumeSpec.of("other", "/other")
                        .claimed("1Gi", "")
                        .kept(true, 6)
                        .done(),
                VolumeSpec.of("other", "/etc/app").claimed("1Gi", "").done())) {
            assertThatThrownBy(() -> ApplicationSpec.of("shop", "i:1")
                            .config(Map.of("/etc/app", "x"), Set.of(), Set.of())
                            .volumes(List.of(data, second))
                            .done())
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String outside : List.of("/abs", "../up", "a/../b", "a//b", "a/")) {
            assertThatThrownBy(() -> VolumeSpec.of("data", "/data")
                            .claimed("1Gi", "")
                            .mounted(outside, false)
                            .done())
                    .as(outside)
                    .hasMessageContaining("subPath");
        }
    }
}
