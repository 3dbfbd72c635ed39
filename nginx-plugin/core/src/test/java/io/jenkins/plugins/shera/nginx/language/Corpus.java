package io.jenkins.plugins.shera.nginx.language;

import java.util.List;

/** Configurations in the hands of many people; {@code @} stands for a folder that may be written. */
final class Corpus {
    private Corpus() {}

    static List<String> accepted() {
        return List.of(
                head() + "http { access_log off; server { listen 127.0.0.1:18999; return 204; } }",
                head()
                        + """
                http
                {
                  # one brace a line
                  log_format main '$remote_addr - $remote_user [$time_local] "$request" '
                                  '$status $body_bytes_sent "$http_referer" "$http_user_agent"';
                  access_log @/a.log main buffer=32k ;
                  map $http_upgrade $connection_upgrade { default upgrade; '' close; }
                  map $uri $new { ~^/old/(?<rest>.*)$ /new/$rest; "~*\\.php$" /gone; default ""; }
                  geo $inside { default 0; 10.0.0.0/8 1; 127.0.0.1 1; }
                  split_clients "${remote_addr}AAA" $variant { 0.5% .one; 20% .two; * ""; }
                  limit_req_zone $binary_remote_addr zone=one:1m rate=10r/s;
                  limit_conn_zone $server_name zone=two:1m;
                  proxy_cache_path @/cache levels=1:2 keys_zone=three:1m max_size=10m inactive=60m use_temp_path=off;
                  upstream back { least_conn; server 10.0.0.1:80 weight=5 max_fails=3 fail_timeout=30s;
                    server 10.0.0.2:80 backup; server unix:@/s.sock down; keepalive 16; }
                  server {
                    listen 127.0.0.1:18998 default_server; server_name _ "" ~^www\\d+\\.example\\.com$ *.example.org;
                    location = / { return 200 "it \\"works\\"; {really} # yes\\n"; }
                    location ~* \\.(?:css|js|png)$ { expires 7d; add_header Cache-Control "public, no-transform" always; }
                    location ^~ /static/ { alias @/; autoindex on; }
                    location "~ ^/a{2}b" { deny all; }
                    location ~ "^/a{2,3}/(\\d{4})$" { rewrite "^/(a{2,3})/" /$1 last; return 404; }
                    location /api/ {
                      limit_req zone=one burst=5 nodelay; limit_conn two 10;
                      if ($request_method !~ ^(GET|POST)$) { return 405; }
                      if ($http_cookie ~* "id=([^;]+)(?:;|$)") { set $id $1; }
                      proxy_pass http://back/;
                      proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;
                      proxy_set_header X-Mix "a${remote_addr}b"; proxy_cache three;
                      proxy_cache_key "$scheme$host$request_uri"; proxy_next_upstream error timeout http_502;
                      proxy_redirect http:// $scheme://; proxy_cookie_path / "/; Secure; SameSite=Lax";
                    }
                    location @named { internal; error_page 404 = /x; }
                    error_page 500 502 503 504 /50x.html; client_max_body_size 10m; gzip_types text/css 'a/b';
                    gzip_disable "msie6"; satisfy any; allow 127.0.0.1; deny all;
                  }
                }
                """
                                .replace("location @named", "location /named"),
                head()
                        + "http { types { text/html html htm; image/svg+xml svg svgz; } default_type a/b;"
                        + "include @/none-*.conf; server { listen 127.0.0.1:18997; root @; index index.html;\r\n"
                        + "try_files $uri $uri/ =404; location / { set $a \"x'y\"; set $b 'x\"y'; set $c x\\;y; set $d ${a}z; } } }");
    }

    private static String head() {
        return "pid @/n.pid; error_log @/e.log warn;\nevents { worker_connections 32; }\n";
    }
}
