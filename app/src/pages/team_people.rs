//! People of the tenant, and those who are invited.

use crate::components::brand::Avatar;
use crate::components::card::Section;
use crate::components::copy::ShownOnce;
use crate::components::form::{Field, PostButton, PostForm, Select};
use crate::components::icon::{Icon, names};
use crate::components::menu::Menu;
use crate::components::notice::Problem;
use crate::dto::team::{InvitationRow, Member};
use crate::dto::viewer::Role;
use crate::visit::visit;
use crate::words;
use leptos::prelude::*;

fn roles() -> Vec<(String, String)> {
    [Role::Agent, Role::Admin, Role::Owner].map(|role| (role.name().into(), role.label().into())).to_vec()
}

/// The members.
#[component]
pub fn People(
    /// In the order to show.
    members: Vec<Member>,
    /// Whether the viewer may change them.
    may: bool,
) -> impl IntoView {
    let note = words::grouped(members.len());
    let rows = members.into_iter().map(|member| row(member, may)).collect_view();
    view! { <Section title="People" id="people" note=note><ul class="rows">{rows}</ul></Section> }
}

fn row(member: Member, may: bool) -> AnyView {
    let among = [("member", member.user_id.clone())];
    let visit = visit();
    let problem = visit.failed("change-role", &among).or_else(|| visit.failed("remove-member", &among));
    let fixed = !may || !member.locked.is_empty();
    let role = if fixed {
        view! { <span class="text-[13.5px] text-ink-2">{member.role.label()}</span> }.into_any()
    } else {
        view! { <div class="flex flex-wrap gap-2">{change_role(&member)}{remove(&member)}</div> }.into_any()
    };
    view! {
        <li class="px-4.5 py-3 grid gap-2">
            <div class="flex flex-wrap items-center gap-3">
                <Avatar name=member.name.clone() />
                <div class="min-w-0 flex-1 basis-48">
                    <p class="font-medium break-words" dir="auto">{member.name.clone()}{member.you.then(|| view! { <span class="text-ink-3 font-normal">" (you)"</span> })}</p>
                    <p class="text-[13px] text-ink-3 break-words">{member.email.clone()}</p>
                    {(may && !member.locked.is_empty()).then(|| view! { <p class="text-[12.5px] text-ink-3">{member.locked.clone()}</p> })}
                </div>
                {role}
            </div>
            {problem.map(|outcome| view! { <Problem error=outcome.error /> })}
        </li>
    }
    .into_any()
}

fn change_role(member: &Member) -> AnyView {
    let (id, label, role) =
        (format!("role-{}", member.user_id), format!("Role of {}", member.name), member.role.name());
    view! {
        <PostForm action="change-role" fields=vec![("member", member.user_id.clone())] class="flex gap-2" silent=true>
            <Select id=id name="role" label=label quiet=true options=roles() chosen=role />
            <button type="submit" class="btn">"Change"</button>
        </PostForm>
    }
    .into_any()
}

fn remove(member: &Member) -> AnyView {
    let (name, fields) = (member.name.clone(), vec![("member", member.user_id.clone())]);
    let face = view! { "Remove" <span class="sr-only">" "{name.clone()}</span> }.into_any();
    view! {
        <Menu id=format!("remove-{}", member.user_id) class="btn btn-danger" panel="confirm" face=face>
            <div class="p-3 grid gap-3">
                <p class="text-[13.5px]"><b>"Remove "{name}"?"</b>" They lose access to this business at once. Connections they confirmed stay."</p>
                <PostButton action="remove-member" fields=fields class="btn btn-destroy">"Remove the person"</PostButton>
            </div>
        </Menu>
    }
    .into_any()
}

/// The invitations, and the form for another one.
#[component]
pub fn Invitations(
    /// Those nobody has used yet.
    rows: Vec<InvitationRow>,
    /// A link just made.
    fresh: Option<String>,
    /// Whether the viewer may invite.
    may: bool,
) -> impl IntoView {
    let note = if rows.is_empty() { String::new() } else { format!("{} open", rows.len()) };
    let rows = rows.into_iter().map(|row| invitation(row, may)).collect_view();
    view! {
        <Section title="Invitations" id="invitations" note=note>
            {fresh.map(fresh_link)}
            <ul class="rows">{rows}</ul>
            {if may {
                view! {
                    <div class="card-foot">
                        <PostForm action="invite" class="grid gap-3">
                            <div class="flex flex-wrap items-end gap-2">
                                <div class="flex-1 basis-52"><Field form="invite" name="email" label="Their e-mail" kind="email" max=254 /></div>
                                <div class="w-32"><Select id="invite-role" name="role" label="Role" options=roles() chosen="agent" /></div>
                                <button type="submit" class="btn"><Icon of=names::INVITE />"Make a link"</button>
                            </div>
                            <p class="hint mt-0">"You get a link to send yourself. It works once, for this address, for seven days."</p>
                        </PostForm>
                    </div>
                }.into_any()
            } else {
                view! { <p class="sub px-4.5 py-4">"An owner or admin can invite people."</p> }.into_any()
            }}
        </Section>
    }
}

fn fresh_link(link: String) -> AnyView {
    view! {
        <ShownOnce id="invitation-link" words="The invitation is ready. This is its link." label="Invitation link" text=link />
    }
    .into_any()
}

fn invitation(row: InvitationRow, may: bool) -> AnyView {
    let visit = visit();
    let left = words::until(&visit.zone, visit.now, row.expires_at);
    let whom = row.email;
    let spoken = format!("Withdraw the invitation for {whom}");
    view! {
        <li class="px-4.5 py-3 flex flex-wrap items-center gap-3">
            <div class="min-w-0 flex-1 basis-48">
                <p class="font-medium break-words" dir="auto">{whom}</p>
                <p class="text-[13px] text-ink-3">{row.role.label()}" · the link ends "{left}</p>
            </div>
            {may.then(|| view! { <PostButton action="revoke-invitation" fields=vec![("invitation", row.id)] label=spoken>"Withdraw"</PostButton> })}
        </li>
    }
    .into_any()
}
