//! Writes those files of the packages that are made from the program: man pages and completions out of its command line,
//! icons out of its drawing. `packaging/build` runs it; nothing of it is in the program.

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::{fs, io};

use clap::CommandFactory;
use clap_complete::{Generator, Shell};
use image::{ExtendedColorType, ImageEncoder};
use resvg::tiny_skia::{Pixmap, PremultipliedColorU8, Transform};
use resvg::usvg;
use vestibule::cli::Cli;

/// Sides of the icons in pixels: those of the hicolor theme that launchers and software centres ask for.
const SIDES: [u32; 9] = [16, 22, 24, 32, 48, 64, 128, 256, 512];

fn main() -> Result<(), Box<dyn Error>> {
    let [drawing, folder] = arguments()?;
    man_pages(&folder.join("man"))?;
    completions(&folder.join("completions"))?;
    icons(&fs::read(drawing)?, &folder.join("icons"))
}

fn arguments() -> Result<[PathBuf; 2], &'static str> {
    let given: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    given
        .try_into()
        .map_err(|_| "usage: package-files DRAWING.svg FOLDER")
}

/// One page for the program and one for each command.
fn man_pages(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    clap_mangen::generate_to(Cli::command(), folder)?;
    // `man` opens the page of this subcommand where the command of that name is looked for.
    let mut page = fs::File::options()
        .append(true)
        .open(folder.join("vestibule-kiosk.1"))?;
    page.write_all(
        b".SH \"SEE ALSO\"\n.BR vestibule-kiosk (8),\nthe command of the package vestibule-kiosk\n",
    )
}

/// Under the names that the shells look for.
fn completions(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (shell, name) in [
        (Shell::Bash, "vestibule"),
        (Shell::Fish, "vestibule.fish"),
        (Shell::Zsh, "_vestibule"),
    ] {
        let mut file = fs::File::create(folder.join(name))?;
        let mut command = Cli::command();
        command.set_bin_name("vestibule");
        command.build();
        shell.try_generate(&command, &mut file)?;
    }
    Ok(())
}

/// The drawing at every side.
fn icons(drawing: &[u8], folder: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    let tree = usvg::Tree::from_data(drawing, &usvg::Options::default())?;
    for side in SIDES {
        let mut picture = Pixmap::new(side, side).ok_or("no picture of this side")?;
        let scale = side as f32 / tree.size().width();
        resvg::render(
            &tree,
            Transform::from_scale(scale, scale),
            &mut picture.as_mut(),
        );
        let pixels: Vec<u8> = picture
            .pixels()
            .iter()
            .map(PremultipliedColorU8::demultiply)
            .flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()])
            .collect();
        let file = fs::File::create(folder.join(format!("{side}.png")))?;
        image::codecs::png::PngEncoder::new(file).write_image(
            &pixels,
            side,
            side,
            ExtendedColorType::Rgba8,
        )?;
    }
    Ok(())
}
