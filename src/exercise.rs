//! The page on which a reader's own program runs: an interpreter in a frame that can
//! reach nothing, calls that this page makes for it, and the stage that shows what was
//! recorded. What all of it means is the core's
//! [`Session`]; here is only what a
//! browser does.

mod calls;
mod runner;
mod wire;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use expert_chef_core::asked::fragment::{self, Problem};
use expert_chef_core::markup::Element as Markup;
use expert_chef_core::millis::Millis;
use expert_chef_core::run::clock::Clock;
use expert_chef_core::shown::session::{Effect, End, How, Msg, Session};
use expert_chef_core::shown::stage::Stage;
use expert_chef_core::shown::threads::threads;
use js_sys::{Array, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, Event};

use crate::dom::{Checked, Frame, Listener, Root};
use crate::page::{self, Mount, Page};
use crate::view::session as view;
use calls::Calls;
use runner::{Interpreters, Message};

/// In `www/exercise.js`.
#[wasm_bindgen]
extern "C" {
    /// The exercises as the build writes them; nothing if they cannot be had.
    #[wasm_bindgen(js_name = fetchExercises)]
    fn fetch_exercises() -> Promise;

    /// The one that the address asks for.
    #[wasm_bindgen(js_name = wantedExercise)]
    fn wanted_exercise() -> Option<String>;

    /// The word for the language that the address asks for, or that the reader wrote
    /// in last.
    #[wasm_bindgen(js_name = wantedLanguage)]
    fn wanted_language() -> Option<String>;

    /// Has the reader write in that language, which people call so.
    #[wasm_bindgen(js_name = speakLanguage)]
    fn speak_language(program: &Element, language: &str, title: &str);

    /// The program of the lesson that the address asks for, by its name.
    #[wasm_bindgen(js_name = wantedSnippet)]
    fn wanted_snippet() -> Option<String>;

    /// That text compressed, as bytes.
    #[wasm_bindgen(js_name = deflate)]
    fn deflate(text: &str) -> Promise;

    /// Those bytes taken apart, no more than one beyond so many of them; nothing
    /// where the browser cannot. Rejects where they are broken.
    #[wasm_bindgen(js_name = inflate)]
    fn inflate(bytes: &[u8], most: u32) -> Promise;

    /// Has the link on the clipboard; what came of it.
    #[wasm_bindgen(js_name = copyLink)]
    fn copy_link(place: &Element) -> Promise;

    /// The names of those that the reader has passed.
    #[wasm_bindgen(js_name = passedExercises)]
    fn passed_exercises() -> JsValue;

    /// Keeps that one was passed.
    #[wasm_bindgen(js_name = keepPassed)]
    fn keep_passed(name: &str);

    /// Has the reader write the program that is kept under that name: what they had
    /// of it, or else this.
    #[wasm_bindgen(js_name = openExercise)]
    fn open_exercise(program: &Element, name: &str, start: &str);

    /// Has their program be this; it can be undone.
    #[wasm_bindgen(js_name = writeProgram)]
    fn write_program(program: &Element, text: &str);

    /// Lights the lines of it at which threads are, by pairs of a line and a
    /// thread's place, and the one at which it failed.
    #[wasm_bindgen(js_name = markProgram)]
    fn mark_program(threads: &Array, failed: Option<u32>);
}

/// Where a reader's program is written, run and shown.
const PLACE: &str = "[data-answer]";

/// Mounts the page, and what runs a program on it.
///
/// # Errors
/// Where the browser lacks something that no page can do without.
pub fn start() -> Result<(), JsValue> {
    let (page, stage) = page::open()?;
    let document = web_sys::window().and_then(|window| window.document());
    let place = document.map(|document| document.query_selector(PLACE));
    let place = place.transpose()?.flatten();
    let place = place.ok_or("there is no place for a program")?;
    let stage = stage.ok_or("there is no stage")?;
    let exercise = Rc::new(Exercise {
        roots: RefCell::new(Roots {
            exercises: root(&place, "exercises")?,
            controls: root(&place, "controls")?,
            outcome: root(&place, "outcome")?,
            verdict: root(&place, "said")?,
            files: root(&place, "files")?,
            models: root(&place, "models")?,
        }),
        program: part(&place, "program")?,
        place,
        page,
        stage,
        session: RefCell::default(),
        letters: RefCell::default(),
        is_busy: Cell::new(false),
        interpreters: Interpreters::default(),
        calls: Calls::default(),
        frame: Cell::default(),
        fragments: Cell::default(),
        shown: Cell::default(),
    });
    exercise.listen();
    if let Some(word) = wanted_language() {
        exercise.send(Msg::Speak(word));
    }
    exercise.send(Msg::Opened);
    exercise.learn();
    let (calls, page) = (exercise.calls.clone(), Rc::clone(&exercise.page));
    spawn_local(async move {
        calls.backing(&page).await;
    });
    Ok(())
}

/// A reader's program on the page.
struct Exercise {
    page: Rc<Page>,
    stage: Rc<Mount>,
    place: Element,
    program: Element,
    roots: RefCell<Roots>,
    session: RefCell<Session>,
    letters: RefCell<VecDeque<Msg>>,
    is_busy: Cell<bool>,
    interpreters: Interpreters,
    calls: Calls,
    frame: Cell<Option<Frame>>,
    /// How often the address's fragment was read: what comes of an earlier one is
    /// no longer asked for.
    fragments: Cell<u32>,
    /// How many steps of the program's calls the stage has been shown.
    shown: Cell<usize>,
}

/// The parts of the page that change with it.
struct Roots {
    exercises: Root,
    controls: Root,
    outcome: Root,
    verdict: Root,
    files: Root,
    models: Root,
}

/// The text of a program from a link.
async fn taken_apart(packed: &[u8]) -> Result<String, Problem> {
    let most = u32::try_from(fragment::MOST_TEXT).unwrap_or(u32::MAX);
    let bytes = JsFuture::from(inflate(packed, most)).await;
    let bytes = bytes.map_err(|_| Problem::Broken)?;
    let bytes = bytes
        .dyn_into::<Uint8Array>()
        .map_err(|_| Problem::Lacking)?;
    fragment::text(bytes.to_vec())
}

fn part(place: &Element, name: &str) -> Result<Element, JsValue> {
    let part = place.query_selector(&["[data-part=", name, "]"].concat())?;
    Ok(part.ok_or("a part of the page is missing")?)
}

fn root(place: &Element, name: &str) -> Result<Root, JsValue> {
    let document = place.owner_document().ok_or("there is no document")?;
    Ok(Root::new(document, part(place, name)?))
}

impl Exercise {
    fn listen(self: &Rc<Self>) {
        let this = Rc::clone(self);
        let clicks = Listener::new(&self.place, "click", move |event| {
            let target = event.unchecked_into::<Event>().target();
            let target = target.and_then(|target| target.dyn_into::<Element>().ok());
            let button = target.and_then(|target| target.closest("[data-action]").ok());
            if let Some(button) = button.flatten() {
                let get = |name| button.get_attribute(name).unwrap_or_default();
                this.press(&get("data-action"), get("data-value"));
            }
        });
        // They live as long as the page does.
        std::mem::forget(clicks);
        if let Some(window) = web_sys::window() {
            let this = Rc::clone(self);
            let turned = Listener::new(&window, "hashchange", move |_| this.turn());
            std::mem::forget(turned);
        }
        let weak = Rc::downgrade(self);
        self.stage
            .extend(Rc::new(move |stage: &Stage, now: Millis| {
                weak.upgrade().and_then(|this| this.annex(stage, now))
            }));
    }

    /// Fetches the exercises.
    fn learn(self: &Rc<Self>) {
        let this = Rc::clone(self);
        spawn_local(async move {
            let text = JsFuture::from(fetch_exercises()).await;
            let text = text.ok().and_then(|text| text.as_string());
            let wanted = wanted_exercise();
            let passed = Array::from(&passed_exercises());
            let passed = passed.iter().filter_map(|name| name.as_string());
            this.send(Msg::Learned(
                text.unwrap_or_default(),
                wanted,
                passed.collect(),
            ));
            if let Some(name) = wanted_snippet() {
                this.send(Msg::Quoted(name));
            }
            this.turn();
        });
    }

    /// Turns to the program that the address's fragment has.
    fn turn(self: &Rc<Self>) {
        let fragment = web_sys::window().map(|window| window.location().hash());
        let fragment = fragment.and_then(Result::ok).unwrap_or_default();
        let turn = self.fragments.get() + 1;
        self.fragments.set(turn);
        let this = Rc::clone(self);
        spawn_local(async move {
            let program = match fragment::packed(&fragment) {
                Some(Ok(packed)) => Some(taken_apart(&packed).await),
                Some(Err(problem)) => Some(Err(problem)),
                // It is the page's own, and speaks of no program.
                None if turn == 1 => return,
                None => None,
            };
            if this.fragments.get() == turn {
                this.send(Msg::Linked(fragment, program));
            }
        });
    }

    /// The reader has pressed a button.
    fn press(self: &Rc<Self>, action: &str, value: String) {
        match action {
            "answer" => self.answer(),
            "exercise" => self.send(Msg::Chosen(value)),
            "language" => self.send(Msg::Speak(value)),
            "begin" => self.send(Msg::Begun),
            "export" => self.stage.export(&value),
            "turn" => self.send(Msg::Turned(value == "guest")),
            "adopt" => self.send(Msg::Adopted(self.source())),
            "share" => self.send(Msg::Shared(self.source())),
            "take" => {
                let session = self.session.borrow();
                let exercise = session.exercise();
                let program = session.language().program(&value);
                let program = exercise.and_then(|one| one.file(&program));
                if let Some(program) = program {
                    write_program(&self.program, program);
                }
            }
            _ => {}
        }
    }

    /// The reader wants it to run, or to stop.
    fn answer(self: &Rc<Self>) {
        let is_on = {
            let session = self.session.borrow();
            session.is_running() || session.is_due()
        };
        if is_on {
            self.send(Msg::Stop);
        } else {
            self.send(Msg::Asked(self.source()));
        }
    }

    /// The program as it is written now.
    fn source(&self) -> String {
        let source = Reflect::get(&self.program, &"value".into());
        let source = source.ok().and_then(|source| source.as_string());
        source.unwrap_or_default()
    }

    /// Takes a message in, once those before it have been.
    fn send(self: &Rc<Self>, msg: Msg) {
        self.letters.borrow_mut().push_back(msg);
        if self.is_busy.replace(true) {
            return;
        }
        loop {
            let next = self.letters.borrow_mut().pop_front();
            let Some(msg) = next else { break };
            let is_telling = matches!(msg, Msg::Told(_) | Msg::Called(..) | Msg::Answered(..));
            let now = self.page.clock().now();
            let effects = self.session.borrow_mut().update(msg, now);
            for effect in effects {
                self.perform(effect);
            }
            // What comes by the thousand is shown with the screen's next frame.
            match is_telling {
                true => self.animate(),
                false => self.show(),
            }
        }
        self.is_busy.set(false);
    }

    fn perform(self: &Rc<Self>, effect: Effect) {
        let this = Rc::clone(self);
        match effect {
            Effect::Fetch(language) => {
                let told = Rc::clone(self);
                let tell = move |loaded, total| told.send(Msg::Coming(language, loaded, total));
                spawn_local(async move {
                    this.send(match this.interpreters.fetch(language, tell).await {
                        Ok(()) => Msg::Came(language),
                        Err(why) => Msg::Missing(language, why),
                    });
                });
            }
            Effect::Start(language) => spawn_local(async move {
                let hears = Rc::clone(&this);
                let hear = move |number, message| hears.hear(number, message);
                this.send(match this.interpreters.start(language, hear).await {
                    Ok(()) => Msg::Started(language),
                    Err(why) => Msg::NotStarted(language, why),
                });
            }),
            Effect::Run(language, source) => {
                // What it shows is of another program.
                self.stage.reset();
                self.shown.set(0);
                self.interpreters.run(language, &source);
            }
            Effect::Speak(language) => {
                speak_language(&self.program, language.word(), language.title());
            }
            Effect::Call(id, name, drawn) => {
                let call = calls::Asked { id, name, drawn };
                let answered = move |answer: calls::Answer| {
                    // It is noted before the program can go on with it.
                    this.send(Msg::Answered(id, answer.outcome()));
                    match answer.0 {
                        Ok((status, text)) => this.interpreters.reply(id, status, &text),
                        Err(why) => this.interpreters.fail(id, &why),
                    }
                };
                self.calls.make(Rc::clone(&self.page), call, answered);
            }
            Effect::Abort(id) => self.calls.abort(id),
            Effect::Refuse(id, why) => self.interpreters.fail(id, &why),
            Effect::Acknowledge => self.interpreters.acknowledge(),
            Effect::Close => {
                self.calls.abort_all();
                self.interpreters.close();
            }
            Effect::Open(name, start) => open_exercise(&self.program, &name, &start),
            Effect::Write(program) => write_program(&self.program, &program),
            Effect::Keep(name) => keep_passed(&name),
            Effect::Pack(program) => spawn_local(async move {
                let packed = JsFuture::from(deflate(&program)).await.ok();
                let packed = packed.and_then(|packed| packed.dyn_into::<Uint8Array>().ok());
                let page = web_sys::window().map(|window| window.location().href());
                let page = page.and_then(Result::ok).unwrap_or_default();
                this.send(Msg::Packed(packed.map(|packed| packed.to_vec()), page));
            }),
            Effect::Copy => spawn_local(async move {
                let copied = JsFuture::from(copy_link(&this.place)).await.ok();
                let said = copied.and_then(|said| said.as_string());
                this.send(Msg::Copied(said.unwrap_or_default()));
            }),
            Effect::Tell(name, verdict) => self.stage.tell_verdict(&name, &verdict),
            Effect::Show => self.open(),
        }
    }

    /// An interpreter says something: the one that runs the program, but for one that
    /// is warm and breaks.
    fn hear(self: &Rc<Self>, number: u32, message: Message) {
        if let Message::Broken(_) = &message
            && let Some(language) = self.interpreters.give_up(number)
        {
            return self.send(Msg::Lost(language));
        }
        self.send(match message {
            Message::Call(id, request) => Msg::Called(id, request),
            Message::Abort(id) => Msg::GaveUp(id),
            Message::Batch(text) => Msg::Told(text),
            Message::Ended(end) => Msg::Ended(end),
            Message::Broken(why) => Msg::Ended(End::short(How::Broken, &why)),
        });
    }

    /// Has the stage show what was recorded.
    fn open(&self) {
        let session = self.session.borrow();
        let recording = session.recording();
        let steps = session.run().map_or(0, |run| run.program.steps());
        drop(session);
        self.shown.set(steps);
        match recording {
            Some(recording) => self.stage.open(recording),
            // What it shows is of another program.
            None => self.stage.reset(),
        }
    }

    /// Has the stage follow the program that runs, as far as it has gone on.
    fn follow(&self) {
        let session = self.session.borrow();
        let running = session.run().filter(|run| run.end.is_none());
        let steps = running.map_or(0, |run| run.program.steps());
        drop(session);
        if steps > 0 && steps != self.shown.get() {
            self.open();
        }
    }

    fn animate(self: &Rc<Self>) {
        let frame = self.frame.take();
        let is_due = frame.is_some();
        self.frame.set(frame);
        let Some(window) = web_sys::window().filter(|_| !is_due) else {
            return;
        };
        let this = Rc::clone(self);
        self.frame.set(Some(Frame::new(&window, move || {
            drop(this.frame.take());
            this.follow();
            this.show();
            if this.session.borrow().is_running() {
                this.animate();
            }
        })));
    }

    fn show(self: &Rc<Self>) {
        let now = self.page.clock().now();
        let session = self.session.borrow();
        let at = self.stage.read(|stage| session.moment(stage, now));
        drop(session);
        self.show_at(at);
    }

    fn show_at(&self, at: Millis) {
        let session = self.session.borrow();
        if let Ok(mut roots) = self.roots.try_borrow_mut() {
            roots.exercises.render(view::exercises(&session));
            roots.controls.render(view::controls(&session));
            roots.outcome.render(view::outcome(&session, at));
            roots.verdict.render(view::verdict(&session));
            roots.files.render(view::files(&session));
            roots.models.render(view::models(&session));
        }
        self.say("data-program", session.word());
        let end = session.run().and_then(|run| run.end.as_ref());
        self.say("data-outcome", end.map_or("", |end| end.how.word()));
        let took = end.map_or(String::new(), |end| end.took.ms().to_string());
        self.say("data-elapsed", &took);
        self.mark(&session, at);
    }

    /// Marks the lines of the program where it is written, as long as it is the one
    /// that was run.
    fn mark(&self, session: &Session, at: Millis) {
        let threads = Array::new();
        let run = session.run().filter(|run| run.source == self.source());
        let lit = run.map(|run| run.program.lines_at(at));
        for (line, place) in lit.into_iter().flatten() {
            #[expect(clippy::cast_precision_loss, reason = "counts of threads are small")]
            let place = place as f64;
            threads.push(&Array::of2(&line.into(), &place.into()));
        }
        let end = run.and_then(|run| run.end.as_ref());
        let failed = end.filter(|end| end.took <= at).and_then(|end| end.line);
        mark_program(&threads, failed);
    }

    fn say(&self, attribute: &str, value: &str) {
        if self.place.get_attribute(attribute).as_deref() != Some(value) {
            self.place
                .set_attribute(attribute, value)
                .checked("say its state");
        }
    }

    /// The program's threads, below the lanes of its kitchen.
    fn annex(self: &Rc<Self>, stage: &Stage, now: Millis) -> Option<Markup> {
        if !stage.state().has_recording() {
            return None;
        }
        let session = self.session.borrow();
        let run = session.run()?;
        let at = session.moment(stage, now);
        let drawn = threads(&run.program, stage.axis(), at);
        drop(session);
        if !self.is_busy.get() {
            self.show_at(at);
        }
        Some(drawn)
    }
}
