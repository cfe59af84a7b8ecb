use std::io::{self, Write};
use std::path::Path;

/// Writes files into a folder. Everything is on disk before the first file takes its name.
pub(super) fn write(folder: &Path, files: &[(&str, &String)]) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut ready = Vec::new();
    for (name, text) in files {
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(std::fs::Permissions::from_mode(0o644));
        }
        let mut file = builder.tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        ready.push((file, folder.join(name)));
    }
    for (file, path) in ready {
        file.persist(path).map_err(|error| error.error)?;
    }
    Ok(())
}
