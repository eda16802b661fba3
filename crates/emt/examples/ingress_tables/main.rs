//! Writes what each controller is told for each kind of host into the directory that is named: a page each.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

mod table;

use table::{CONTROLLERS, IngressTable};

fn main() -> Result<(), Box<dyn Error>> {
    let directory = PathBuf::from(env::args_os().nth(1).ok_or("name a directory")?);
    fs::create_dir_all(&directory)?;
    for controller in CONTROLLERS {
        let table = IngressTable::new(controller)?;
        let unanswered = table.unanswered();
        if !unanswered.is_empty() {
            return Err(format!("nothing answers {}", unanswered.join(", ")).into());
        }
        fs::write(directory.join(format!("{}.md", controller.as_str())), table.to_markdown())?;
    }
    Ok(())
}
