//! The rules in the servers that they are for, where these are at hand.

use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::Request;

/// How long a server may take to answer for the first time.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server that runs with some rules, until it is dropped.
pub(super) struct Server {
    process: Child,
    folder: TempDir,
    port: Option<u16>,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has ended already when it could not begin.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

impl Server {
    /// nginx; `None`, said plainly, where there is none.
    pub(super) fn nginx(rules: &str) -> Option<Self> {
        let about = output("nginx", &["-V"])?;
        let folder = TempDir::new().unwrap();
        let root = folder.path().display().to_string();
        // A server that was built for a distribution keeps its temporary files where only that may write.
        let modules = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        let kept =
            modules.iter().filter(|module| !about.contains(&format!("--without-http_{module}_module")));
        let temporary: Vec<String> =
            kept.map(|module| format!("{module}_temp_path {root}/{module};")).collect();
        let temporary = temporary.join("\n");
        let configuration = format!(
            "daemon off; master_process off; pid {root}/pid; error_log {root}/errors;\nevents {{}}\n\
             http {{\naccess_log off;\n{temporary}\ninclude {root}/rules;\n\
             server {{ listen unix:{root}/socket; if ($kampus_item) {{ return 301 $kampus_item; }} return 404; }}\n}}\n"
        );
        fs::write(folder.path().join("rules"), rules).unwrap();
        fs::write(folder.path().join("configuration"), configuration).unwrap();
        let process = Command::new("nginx")
            .args(["-p", &root, "-e", &format!("{root}/errors"), "-c", &format!("{root}/configuration")])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Some(Self { process, folder, port: None }.begun())
    }

    /// Apache httpd; `None`, said plainly, where there is none.
    pub(super) fn apache(rules: &str) -> Option<Self> {
        let modules = Path::new("/usr/lib/apache2/modules");
        output("apache2", &["-v"])?;
        let folder = TempDir::new().unwrap();
        let root = folder.path().display().to_string();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let load: String = ["mpm_event", "authz_core", "rewrite"]
            .map(|name| format!("LoadModule {name}_module {}/mod_{name}.so\n", modules.display()))
            .concat();
        let configuration = format!(
            "ServerRoot {root}\nServerName localhost\nListen 127.0.0.1:{port}\nPidFile {root}/pid\n\
             ErrorLog {root}/errors\nDefaultRuntimeDir {root}\nUser nobody\nGroup nogroup\n{load}\
             <VirtualHost *:{port}>\nInclude {root}/rules\n</VirtualHost>\n"
        );
        fs::write(folder.path().join("rules"), rules).unwrap();
        fs::write(folder.path().join("configuration"), configuration).unwrap();
        let process = Command::new("apache2")
            .args(["-X", "-f", &format!("{root}/configuration")])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Some(Self { process, folder, port: Some(port) }.begun())
    }

    /// Waits until it answers.
    fn begun(mut self) -> Self {
        let begun = Instant::now();
        while self.connect().is_err() {
            let ended = self.process.try_wait().unwrap();
            if ended.is_some() || begun.elapsed() > PATIENCE {
                let errors = fs::read_to_string(self.folder.path().join("errors")).unwrap_or_default();
                panic!("the server does not begin: {ended:?} {errors}");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        self
    }

    fn connect(&self) -> std::io::Result<Box<dyn Stream>> {
        Ok(match self.port {
            Some(port) => Box::new(TcpStream::connect(("127.0.0.1", port))?),
            None => Box::new(UnixStream::connect(self.folder.path().join("socket"))?),
        })
    }

    /// Where the server sends a browser that asks for this; nothing when it does not know the address.
    pub(super) fn ask(&self, request: &Request) -> Option<String> {
        let mut stream = self.connect().unwrap();
        write!(stream, "GET {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", request.uri, request.host)
            .unwrap();
        let mut lines = BufReader::new(stream).lines().map(Result::unwrap);
        let status = lines.next().unwrap();
        let mut headers = lines.take_while(|line| !line.is_empty());
        let place = headers.find_map(|line| line.strip_prefix("Location: ").map(str::to_owned));
        match status.split(' ').nth(1) {
            Some("301") => place,
            Some("404") => None,
            _ => panic!("{request:?}: {status}"),
        }
    }
}

trait Stream: Read + Write {}
impl Stream for TcpStream {}
impl Stream for UnixStream {}

/// What a program says of itself; `None`, said plainly, where there is no such program.
fn output(program: &str, arguments: &[&str]) -> Option<String> {
    match Command::new(program).args(arguments).output() {
        Ok(output) => Some(String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            println!("skipped: there is no `{program}` on the path");
            None
        }
        Err(error) => panic!("{program}: {error}"),
    }
}
